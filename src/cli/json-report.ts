import type { CheckedFile } from "./checked-file.js";
import { stringifyPrintably } from "./printable.js";
import type { Summary } from "./tally.js";

/** Grows with changes that a reader of the old form would stumble over; new keys may appear at any time. */
const VERSION = 1;

export function jsonReport(files: readonly CheckedFile[], summary: Summary): string {
  return stringifyPrintably({
    version: VERSION,
    summary,
    findings: files.flatMap(({ name, findings }) =>
      findings.map(({ line, column, endLine, endColumn, rule, severity, message, parts, fix, suggestions }) => ({
        file: name,
        line,
        column,
        endLine,
        endColumn,
        rule,
        severity,
        message,
        network: parts?.network ?? null,
        subnet: parts?.subnet ?? null,
        range: parts?.range ?? null,
        fix: fix !== undefined,
        suggestions: suggestions.map(({ title }) => title),
      })),
    ),
  });
}
