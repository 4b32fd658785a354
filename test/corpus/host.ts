import { Linter } from "eslint/universal";

import plugin from "../../src/plugin/index.js";
import { findingsIn, type Finding } from "../../src/rule/findings.js";

/** The rules over one folder, under one policy, through ESLint's own `Linter`. */
export interface Host {
  lint(file: string, text: string): Linted;
  /** @returns the text after `--fix`, which takes as many passes as ESLint grants. */
  fix(file: string, text: string): string;
}

export interface Linted {
  /** What keeps the text from being YAML, or undefined. */
  readonly syntaxProblem: string | undefined;
  readonly messages: readonly Linter.LintMessage[];
  readonly findings: readonly Finding[];
}

export interface HostOptions {
  /** The working directory: paths of files are relative to it. */
  readonly root: string;
  /** The policy, absolute. */
  readonly ranges: string;
  /** Laid over those of the preset. */
  readonly rules?: Linter.RulesRecord;
}

/** A fixed day, so that two runs of different days agree. */
const TODAY = "2026-01-01";

export function createHost({ root, ranges, rules: own }: HostOptions): Host {
  const linter = new Linter({ cwd: root });
  const { rules, language } = plugin.configs.recommended;
  const config: Linter.Config = {
    files: ["**/*.*"],
    plugins: { "compose-networks": plugin },
    settings: { "compose-networks": { ranges, today: TODAY } },
    rules: { ...rules, ...own },
    ...(language !== undefined && { language }),
  };
  return {
    lint(file, text) {
      const messages = linter.verify(text, config, { filename: file });
      const fatal = messages.find((message) => message.fatal);
      return {
        syntaxProblem: fatal?.message,
        messages: fatal ? [] : messages,
        findings: fatal ? [] : findingsIn(linter.getSourceCode()),
      };
    },
    fix: (file, text) => linter.verifyAndFix(text, config, { filename: file }).output,
  };
}
