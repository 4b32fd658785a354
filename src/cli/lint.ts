import type { Linter as LinterTypes } from "eslint";
import { Linter } from "eslint/universal";

import type { ComposeFile } from "../compose/compose-file.js";
import { composeFileOf } from "../rule/source-files.js";
import { failureIn } from "../rule/failures.js";
import { findingsIn } from "../rule/findings.js";
import { describeError } from "./compose-text.js";
import { attachParts, type ReportedFinding } from "./reported-finding.js";
import { RULE_PREFIX } from "./rule-levels.js";

/** What a file comes to. */
export interface LintedFile {
  readonly findings: readonly ReportedFinding[];
  /** Undefined for a text that is no YAML. */
  readonly composeFile: ComposeFile | undefined;
  /** What the findings are about: the text after the fixes, with its byte order mark. */
  readonly text: string;
  readonly isFixed: boolean;
}

export type Lint = (path: string, text: string) => LintedFile;

/** @returns a function that lints one file after the other by ESLint's own `Linter`. */
export function createLint(cwd: string, config: LinterTypes.Config[], fixes: boolean): Lint {
  const linter = new Linter({ cwd, configType: "flat" });
  return (filename, text) => {
    const { messages, fixed, output } = fixes
      ? fix(linter, text, config, filename)
      : verify(linter, text, config, filename);
    const own = messages.filter(isOurs);
    if (own.some(({ fatal }) => fatal === true)) {
      return { findings: attachParts(own, []), composeFile: undefined, text: output, isFixed: fixed };
    }
    const sourceCode = linter.getSourceCode();
    const failure = failureIn(sourceCode);
    if (failure) throw new Error(`rule ${failure.rule}: ${describeError(failure.error)}`, { cause: failure.error });
    const findings = attachParts(own, findingsIn(sourceCode));
    const composeFile = composeFileOf(sourceCode);
    const known = composeFile?.source.text;
    // Of a thousand files, one copy of each text is enough to keep.
    return { findings, composeFile, text: known === output ? known : output, isFixed: fixed };
  };
}

/** A comment that switches off a rule of another linter is none of our business, and still of use to that one. */
function isOurs({ ruleId, fatal, message }: LinterTypes.LintMessage): boolean {
  return fatal === true || (ruleId === null ? message.includes(RULE_PREFIX) : ruleId.startsWith(RULE_PREFIX));
}

function verify(linter: Linter, text: string, config: LinterTypes.Config[], filename: string): LinterTypes.FixReport {
  return { messages: linter.verify(text, config, { filename }), fixed: false, output: text };
}

/** Comments stay: whether one is needed depends on the rules that happen to be on. So they are looked at afterwards. */
function fix(linter: Linter, text: string, config: LinterTypes.Config[], filename: string): LinterTypes.FixReport {
  const report = linter.verifyAndFix(text, config, { filename, reportUnusedDisableDirectives: false });
  if (!report.output.includes("eslint-disable")) return report;
  return { ...verify(linter, report.output, config, filename), fixed: report.fixed };
}
