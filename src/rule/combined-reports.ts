import { samePlace } from "../compose/source.js";
import type { Report } from "./create-rule.js";

/**
 * What a rule reports about a file that belongs to several projects, each fault once.
 *
 * An edit must be right for all of them. Where one fix is not what every project asks for, none is left: they may count
 * on each other. A suggestion goes that a project with the same fault does not make.
 */
export function combineReports<Id extends string>(perProject: readonly (readonly Report<Id>[])[]): Report<Id>[] {
  const twinsOf = (report: Report<Id>): (Report<Id> | undefined)[] =>
    perProject.map((others) => others.find((other) => isSame(other, report)));
  const distinct = perProject.flatMap((reports, index) =>
    reports.filter(
      (report) => !perProject.slice(0, index).some((earlier) => earlier.some((other) => isSame(other, report))),
    ),
  );
  const agree = distinct.every((report) => twinsOf(report).every((twin) => isEqual(twin?.fix, report.fix)));
  return distinct.map((report) => ({
    ...report,
    fix: agree ? report.fix : undefined,
    suggest: (report.suggest ?? []).filter((edit) =>
      twinsOf(report).every((twin) => !twin || twin.suggest?.some((other) => isEqual(other, edit))),
    ),
  }));
}

function isSame<Id extends string>(one: Report<Id>, other: Report<Id>): boolean {
  return (
    one.messageId === other.messageId &&
    samePlace(one.at, other.at) &&
    ["network", "family", "subnet"].every((key) => one.values[key] === other.values[key])
  );
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
