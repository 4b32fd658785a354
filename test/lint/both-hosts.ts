import { Linter } from "eslint";

import { toESLintRule } from "../../src/eslint/rule-host.js";
import { positionAt, type Place } from "../../src/kit/source.js";
import { judgeBroughtIn } from "../../src/lint/brought-in.js";
import type { Level } from "../../src/lint/configure.js";
import type { Rule } from "../../src/lint/define-rule.js";
import { readSteering } from "../../src/lint/directives.js";
import { messageOf, RULE_PREFIX, type Finding } from "../../src/lint/finding.js";
import { mergeEdits } from "../../src/lint/fix-passes.js";
import { sentenceOf } from "../../src/lint/message.js";
import { isOffInPolicy } from "../../src/lint/policy-rules.js";
import { fixText, lintText, type Host, type Linted } from "../../src/lint/run.js";
import { suppress } from "../../src/lint/suppress.js";
import { formatLocation } from "../../src/policy/source-text.js";
import { shownPath } from "../../src/workspace/files/paths.js";
import plugin from "../../src/eslint/index.js";
import { readSettings, SETTINGS_KEY } from "../../src/eslint/read-settings.js";
import { parseInWorkspace, workspaceFor } from "../../src/eslint/workspaces.js";

export interface Setup {
  readonly rules: readonly Rule[];
  /** By the rules' names without their prefix; all rules are errors unless given. */
  readonly levels?: Readonly<Record<string, Level | readonly [Level, unknown]>>;
  readonly cwd: string;
  /** What stands below our key in the settings of ESLint. */
  readonly settings?: unknown;
}

/** What a host says about a text, in a form that both can give. Of another file that the text stands for, in words only. */
export interface Said {
  readonly rule: string | null;
  readonly says: string | null;
  readonly message: string;
  readonly place: readonly [line: number, column: number, endLine: number, endColumn: number];
  readonly severity: "error" | "warning";
  readonly fix: { readonly range: readonly number[]; readonly text: string } | undefined;
  readonly suggestions: readonly {
    readonly title: string;
    readonly range: readonly number[];
    readonly text: string;
  }[];
}

export interface Outcome {
  readonly said: readonly Said[];
  readonly fixed: string;
  readonly saidAfterwards: readonly Said[];
}

/** The host of our own. */
export function runOurs(setup: Setup, path: string, text: string): Outcome {
  const host = hostOf(setup);
  const linted = lintText(host, path, text);
  const said = allSaid(setup, host, linted, text);
  if (!said.some(({ fix }) => fix)) return { said, fixed: text, saidAfterwards: said };
  const fixed = fixText(host, path, text);
  return { said, fixed: fixed.text, saidAfterwards: allSaid(setup, host, fixed, fixed.text) };
}

/** With what ESLint shows in the file in place of others: rule, home and words are the same, wherever a host shows it. */
function allSaid({ cwd }: Setup, host: Host, { findings, file }: Linted, text: string): readonly Said[] {
  const own = findings.map((finding) => saidBy(finding, text));
  const brought = (file && host.broughtIn?.(file)) ?? [];
  if (!file || brought.length === 0) return own;
  const others = [...host.settings].flatMap(([id, { level, options }]) => {
    const rule = host.rules.get(id);
    if (rule?.files !== "compose" || level === "off") return [];
    return judgeBroughtIn(
      rule,
      brought.filter(({ view }) => !isOffInPolicy(rule, view)),
      options,
    );
  });
  const { directives } = readSteering(file.source);
  const { kept } = suppress(
    others.map((finding) => ({ ...finding, rule: `${RULE_PREFIX}${finding.rule}` })),
    directives,
    () => true,
  );
  const elsewhere = kept.map(({ rule, at, home, parts, severity }): Said => {
    const place = formatLocation({ file: shownPath(cwd, home.source.path), ...positionAt(home.source, home.span[0]) });
    const about = { rule, says: null, message: `${place}: ${sentenceOf(parts)}`, place: extentOf(at) };
    return { ...about, severity: severity === "warn" ? "warning" : "error", fix: undefined, suggestions: [] };
  });
  return inOrder([...own, ...elsewhere]);
}

function byPlace({ place: one, message: first }: Said, { place: other, message: second }: Said): number {
  return one[0] - other[0] || one[1] - other[1] || (first < second ? -1 : 1);
}

/** ESLint itself, which runs the same rules. */
export function runESLint(setup: Setup, path: string, text: string): Outcome {
  const { linter, config } = eslintFor(setup);
  const options = { filename: path };
  const verify = (of: string): Said[] =>
    inOrder(linter.verify(of, config, options).flatMap((message) => (isOurs(message) ? [saidByESLint(message)] : [])));
  const said = verify(text);
  if (!said.some(({ fix }) => fix)) return { said, fixed: text, saidAfterwards: said };
  const { output } = linter.verifyAndFix(text, config, { ...options, reportUnusedDisableDirectives: false });
  return { said, fixed: output, saidAfterwards: verify(output) };
}

/** Of places with more than one finding, those of other files are told in the order of their words. */
function inOrder(said: readonly Said[]): Said[] {
  return said.some(({ rule, says }) => rule !== null && says === null) ? said.toSorted(byPlace) : [...said];
}

/** Schemas of options are compiled for each rule that ESLint has not met. */
const known = new WeakMap<Setup, { readonly linter: Linter; readonly config: Linter.Config }>();

function eslintFor(setup: Setup): { readonly linter: Linter; readonly config: Linter.Config } {
  const { rules, levels, cwd, settings = {} } = setup;
  const before = known.get(setup);
  if (before) return before;
  const own = Object.fromEntries(rules.map((rule) => [rule.name, toESLintRule(rule)]));
  const config: Linter.Config = {
    files: ["**/*.*"],
    plugins: { "compose-networks": { ...plugin, rules: own } },
    language: "compose-networks/compose",
    settings: { [SETTINGS_KEY]: settings },
    rules: Object.fromEntries(
      rules.map(({ name }) => [`compose-networks/${name}`, [levels?.[name] ?? "error"].flat() as Linter.RuleEntry]),
    ),
  };
  const made = { linter: new Linter({ cwd }), config };
  known.set(setup, made);
  return made;
}

function hostOf({ rules, levels, cwd, settings = {} }: Setup): Host {
  const workspace = workspaceFor({ cwd, ...readSettings({ [SETTINGS_KEY]: settings }, cwd) });
  return {
    rules: new Map(rules.map((rule) => [`compose-networks/${rule.name}`, rule])),
    settings: new Map(
      rules.map(({ name }) => {
        const setting = levels?.[name] ?? "error";
        const [level, options]: readonly [Level, unknown?] = typeof setting === "string" ? [setting] : setting;
        return [`compose-networks/${name}`, { level, options }];
      }),
    ),
    parse: parseInWorkspace,
    policyFor: (asked) => workspace.policyFor(asked),
    views: (file) => workspace.judgedViews(file),
    broughtIn: (file) => workspace.broughtInBy(file),
  };
}

/** ESLint also complains about comments for other linters, which have rules that it does not know. */
function isOurs({ ruleId, fatal, message }: Linter.LintMessage): boolean {
  return (
    fatal === true || (ruleId === null ? message.includes("compose-networks/") : ruleId.startsWith("compose-networks/"))
  );
}

function saidBy(finding: Finding, text: string): Said {
  const { rule, says, at, severity, fix, suggestions } = finding;
  const body = text.replace(/^\uFEFF/, "");
  const merged = fix && mergeEdits(body, fix);
  return {
    rule,
    says,
    message: messageOf(finding),
    place: extentOf(at),
    severity,
    fix: merged && { range: merged.span, text: merged.text },
    suggestions: suggestions.map(({ title, edits }) => {
      const { span, text: written } = mergeEdits(body, edits) ?? { span: [], text: "" };
      return { title, range: span, text: written };
    }),
  };
}

function extentOf({ source, span }: Place): Said["place"] {
  const [start, end] = [positionAt(source, span[0]), positionAt(source, span[1])];
  return [start.line, start.column, end.line, end.column];
}

function saidByESLint(message: Linter.LintMessage): Said {
  const { ruleId, messageId, line, column, endLine = line, endColumn = column, severity, fix, suggestions } = message;
  return {
    rule: ruleId,
    says: messageId ?? null,
    message: message.message,
    place: [line, column, endLine, endColumn],
    severity: severity === 2 ? "error" : "warning",
    // What ESLint would do about a comment is not ours to do.
    fix: ruleId === null ? undefined : fix,
    suggestions: (suggestions ?? []).map(({ desc, fix: { range, text } }) => ({ title: desc, range, text })),
  };
}
