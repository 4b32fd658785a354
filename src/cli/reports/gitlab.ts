import { createHash } from "node:crypto";

import { messageOf, type Finding } from "../../lint/finding.js";
import type { CheckedFile } from "./checked-file.js";
import { extentOf } from "./extent.js";
import { fingerprinter } from "./fingerprint.js";
import { notePhrase } from "../files/not-checked.js";
import { stringifyPrintably } from "../terminal/printable.js";
import { ruleName } from "./rule-name.js";
import type { Summary } from "./tally.js";

/**
 * GitLab's code quality report: a list of issues in the form of Code Climate. It has no place for what was not checked,
 * so that is an issue too, of no weight where it is no trouble.
 */
export function gitlabReport(files: readonly CheckedFile[], { notChecked }: Pick<Summary, "notChecked">): string {
  const fingerprint = fingerprinter();
  return stringifyPrintably([
    ...files.flatMap(({ name, findings }) =>
      findings.map((finding) => ({
        description: messageOf(finding),
        check_name: ruleName(finding),
        fingerprint: fingerprint(name, finding),
        severity: finding.severity === "error" ? "major" : "minor",
        location: { path: name, lines: linesOf(finding) },
      })),
    ),
    ...notChecked.map((entry) => ({
      description: `not checked: ${notePhrase(entry)}`,
      check_name: "compose-networks/not-checked",
      fingerprint: createHash("sha256")
        .update(`not checked\n${entry.file}\n${entry.reason}`)
        .digest("hex")
        .slice(0, 32),
      severity: entry.isTrouble ? "major" : "info",
      location: { path: entry.file, lines: { begin: 1, end: 1 } },
    })),
  ]);
}

function linesOf(finding: Finding): { begin: number; end: number } {
  const { line, endLine } = extentOf(finding);
  return { begin: line, end: endLine };
}
