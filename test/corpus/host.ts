import { Linter } from "eslint/universal";

import plugin from "../../src/eslint/index.js";
import { rules as allRules } from "../../rules/index.js";
import { positionAt } from "../../src/kit/source.js";
import type { RuleSetting } from "../../src/lint/configure.js";
import { RULE_PREFIX } from "../../src/lint/finding.js";
import { lintText, type Host as OwnHost } from "../../src/lint/run.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { absolutePath } from "../../src/workspace/files/paths.js";
import { parseInWorkspace, workspaceFor } from "../../src/eslint/workspaces.js";

/** What the messages of ESLint leave out: what fills them. */
export interface Finding {
  readonly rule: string;
  readonly messageId: string;
  /** Lines from 1, columns from 0. */
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
  readonly subject: Readonly<Record<string, string | undefined>>;
}

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
/** A policy that lies elsewhere does not say it, and without it nothing is fixed. */
const ID = "corpus";

export function createHost({ root, ranges, rules: ownLevels }: HostOptions): Host {
  const linter = new Linter({ cwd: root });
  const { rules, language } = plugin.configs.recommended;
  const config: Linter.Config = {
    files: ["**/*.*"],
    plugins: { "compose-networks": plugin },
    settings: { "compose-networks": { ranges, id: ID, today: TODAY } },
    rules: { ...rules, ...ownLevels },
    ...(language !== undefined && { language }),
  };
  const workspace = workspaceFor({ cwd: toPosix(root), ranges: toPosix(ranges), id: ID, today: TODAY });
  const own: OwnHost = {
    rules: new Map(allRules.map((rule) => [`${RULE_PREFIX}${rule.name}`, rule])),
    settings: new Map(Object.entries({ ...rules, ...ownLevels }).map(([rule, entry]) => [rule, settingOf(entry)])),
    parse: parseInWorkspace,
    policyFor: (file) => workspace.policyFor(file),
    views: (composeFile) => workspace.views(composeFile),
  };
  return {
    lint(file, text) {
      const messages = linter.verify(text, config, { filename: file });
      const fatal = messages.find((message) => message.fatal);
      return {
        syntaxProblem: fatal?.message,
        messages: fatal ? [] : messages,
        findings: fatal ? [] : findingsIn(own, file, text),
      };
    },
    fix: (file, text) => linter.verifyAndFix(text, config, { filename: file }).output,
  };
}

function findingsIn(host: OwnHost, file: string, text: string): Finding[] {
  return lintText(host, absolutePath(process.cwd(), toPosix(file)), text).findings.flatMap((finding) => {
    const { rule, says, at, data, subject } = finding;
    if (rule === null || says === null) return [];
    const { line, column } = positionAt(at.source, at.span[0]);
    const loc = { start: { line, column: column - 1 } };
    return [{ rule: rule.slice(RULE_PREFIX.length), messageId: says, loc, subject: { ...data, ...subject } }];
  });
}

function settingOf(entry: Linter.RuleEntry | undefined): RuleSetting {
  const [level = "off", options]: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
  return { level: level === "warn" || level === "error" ? level : "off", options };
}
