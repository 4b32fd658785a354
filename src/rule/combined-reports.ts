import { samePlace } from "../compose/source.js";
import type { Report } from "./create-rule.js";

/**
 * What a rule reports about a file that belongs to several projects, each fault once.
 *
 * An edit must be right for all of them. A fix that not every project asks for is left out, and a suggestion that one
 * with the same fault does not make.
 */
export function combineReports<Id extends string>(perProject: readonly (readonly Report<Id>[])[]): Report<Id>[] {
  const combined: Report<Id>[] = [];
  for (const reports of perProject) {
    for (const report of reports) {
      if (combined.some((earlier) => isSame(earlier, report) && !reports.some(({ at }) => at === earlier.at))) continue;
      const twins = perProject.map((others) => others.find((other) => isSame(other, report)));
      const isWanted = twins.every((twin) => twin && isEqual(twin.fix, report.fix));
      const suggest = (report.suggest ?? []).filter((edit) =>
        twins.every((twin) => !twin || twin.suggest?.some((other) => isEqual(other, edit))),
      );
      combined.push({ ...report, suggest, fix: isWanted ? report.fix : undefined });
    }
  }
  return combined;
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
