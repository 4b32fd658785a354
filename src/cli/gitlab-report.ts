import type { CheckedFile } from "./checked-file.js";
import { fingerprinter } from "./fingerprint.js";
import { stringifyPrintably } from "./printable.js";
import { ruleName } from "./rule-name.js";

/** GitLab's code quality report: a list of issues in the form of Code Climate. */
export function gitlabReport(files: readonly CheckedFile[]): string {
  const fingerprint = fingerprinter();
  return stringifyPrintably(
    files.flatMap(({ name, findings }) =>
      findings.map((finding) => ({
        description: finding.message,
        check_name: ruleName(finding),
        fingerprint: fingerprint(name, finding),
        severity: finding.severity === "error" ? "major" : "minor",
        location: { path: name, lines: { begin: finding.line, end: finding.endLine } },
      })),
    ),
  );
}
