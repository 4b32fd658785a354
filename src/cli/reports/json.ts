import { isFixable, messageOf } from "../../lint/finding.js";
import type { CheckedFile } from "./checked-file.js";
import type { LeftOut, NotCheckedEntry } from "../files/not-checked.js";
import { extentOf, homeOf } from "./extent.js";
import { describeOutcome } from "./outcome.js";
import { stringifyPrintably } from "../terminal/printable.js";
import type { Summary } from "./tally.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
const VERSION = 1;

export function jsonReport(files: readonly CheckedFile[], summary: Summary): string {
  const { notChecked, notes, held, ...counts } = summary;
  const { policies, withoutPolicy } = held;
  return stringifyPrintably({
    version: VERSION,
    summary: {
      ...counts,
      notChecked: notChecked.map(withoutWeight),
      ...(notes.length > 0 && { notes }),
      policies,
      ...(withoutPolicy && { withoutPolicy }),
    },
    findings: files.flatMap(({ name, findings }) =>
      findings.map((finding) => ({
        file: name,
        ...extentOf(finding),
        home: homeOf(name, finding),
        rule: finding.rule,
        severity: finding.severity,
        message: messageOf(finding),
        network: finding.subject.network ?? null,
        subnet: finding.subject.subnet ?? null,
        range: finding.subject.range ?? null,
        ...describeOutcome(finding.outcome),
        fix: isFixable(finding),
        suggestions: finding.suggestions.map(({ title }) => title),
      })),
    ),
  });
}

/** The exit code says whether there is trouble. */
function withoutWeight({ file, reason, cure }: NotCheckedEntry): LeftOut {
  return { file, reason, ...(cure !== undefined && { cure }) };
}
