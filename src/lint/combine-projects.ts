import { samePlace } from "../kit/source.js";
import type { RuleFinding } from "./finding.js";

/**
 * What a rule finds in a file that belongs to several projects, each fault once.
 *
 * An edit must be right for all of them. Where one fix is not what every project asks for, none is left: they may count
 * on each other. A suggestion goes that a project with the same fault does not make.
 */
export function combineProjects(perProject: readonly (readonly RuleFinding[])[]): readonly RuleFinding[] {
  const [only = []] = perProject;
  if (perProject.length <= 1) return only;
  const twinsOf = (finding: RuleFinding): (RuleFinding | undefined)[] =>
    perProject.map((others) => others.find((other) => isSame(other, finding)));
  const distinct = perProject.flatMap((findings, index) =>
    findings.filter(
      (finding) => !perProject.slice(0, index).some((earlier) => earlier.some((other) => isSame(other, finding))),
    ),
  );
  const agree = distinct.every((finding) => twinsOf(finding).every((twin) => isEqual(twin?.fix, finding.fix)));
  return distinct.map((finding) => ({
    ...finding,
    fix: agree ? finding.fix : undefined,
    suggestions: finding.suggestions.filter((edit) =>
      twinsOf(finding).every((twin) => !twin || twin.suggestions.some((other) => isEqual(other, edit))),
    ),
  }));
}

/** Whether two projects tell of the same fault. */
export function isSame(one: RuleFinding, other: RuleFinding): boolean {
  return (
    one.says === other.says &&
    samePlace(one.at, other.at) &&
    one.subject.network === other.subject.network &&
    one.subject.subnet === other.subject.subnet &&
    one.data["family"] === other.data["family"]
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
