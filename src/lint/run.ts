import type { ComposeFile, ParsedComposeFile } from "../compose/read/compose-file.js";
import { cutQuotes, printable } from "../kit/printable.js";
import { fileKindOf } from "../workspace/files/file-kinds.js";
import type { PolicyReading } from "../workspace/scoped-policy.js";
import type { BroughtInView, ProjectView } from "../workspace/view.js";
import { judgeBroughtIn } from "./brought-in.js";
import { configure, unknownRule, type ChosenRules, type RuleSettings } from "./configure.js";
import type { Rule } from "./define-rule.js";
import { readSteering } from "./directives.js";
import { plainFinding, RULE_PREFIX, type Finding, type RuleFinding } from "./finding.js";
import { fixInPasses } from "./fix-passes.js";
import { judge } from "./judge.js";
import { misspeltNames } from "./misspelt.js";
import { isOffInPolicy, layPolicyRules, policyRules } from "./policy-rules.js";
import { suppress } from "./suppress.js";

/** What the rules run over, and how. */
export interface Host extends Pick<ChosenRules, "settings">, Partial<Pick<ChosenRules, "typed">> {
  /** By their names with the prefix. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly policyFor: (path: string) => PolicyReading;
  /** @param text Without a byte order mark. */
  readonly parse: (path: string, text: string) => ParsedComposeFile;
  /** One for each project that the file belongs to. */
  readonly views: (file: ComposeFile) => readonly ProjectView[];
  /** The files that a host like ESLint shows in this one. */
  readonly broughtIn?: (file: ComposeFile) => readonly BroughtInView[];
}

/** What a text comes to. */
export interface Linted {
  readonly findings: readonly Finding[];
  /** Those that the baseline has. */
  readonly known: readonly Finding[];
  /** Undefined for a text that is no YAML. */
  readonly file: ComposeFile | undefined;
  /** A comment that configures rules can't be read: what was found is not what was asked for. */
  readonly isTroubled: boolean;
}

/** Runs all rules over one text, as ESLint would: with its comments, and in its order. */
export function lintText(host: Host, path: string, text: string, reportsUnused = true): Linted {
  const parsed = host.parse(path, withoutMark(text));
  if (!parsed.ok) {
    const [start] = parsed.problem.span;
    const at = { source: parsed.source, span: [start, start] } as const;
    return {
      findings: [plainFinding(at, `Parsing error: ${printable(cutQuotes(parsed.problem.message))}`)],
      known: [],
      file: undefined,
      isTroubled: true,
    };
  }
  const { file } = parsed;
  const { directives, configurations, faults } = readSteering(file.source);
  const configured = configure(settingsFor(host, path), configurations, host.rules);
  const unknown = directives.flatMap(({ rules, at }) =>
    rules.filter((id) => id.startsWith(RULE_PREFIX) && !host.rules.has(id)).map((id) => unknownRule(id, at)),
  );
  const judgements = findingsOf(host, file, configured.settings);
  const found = [
    ...faults.map(({ message, at }) => plainFinding(at, message)),
    ...configured.faults,
    ...unknown,
    ...misspeltNames({ directives, configurations }, host.rules.keys()),
    ...judgements.filter(({ isKnown }) => !isKnown),
    // They are reported at home. A comment here is about them all the same.
    ...(directives.length > 0 ? findingsBroughtIn(host, file, configured.settings) : []),
  ].sort(byPlace);
  const { kept, unused } = suppress(found, directives, (id) => host.rules.has(id));
  const own = kept.filter(({ at, home }) => at.source === home.source);
  return {
    findings: reportsUnused ? [...own, ...unused.filter(isOurs)].sort(byPlace) : own,
    known: judgements.filter(({ isKnown }) => isKnown),
    file,
    isTroubled: faults.length > 0,
  };
}

/** @returns the text after as many fixes as can be made, and what is left. */
export function fixText(host: Host, path: string, text: string): Linted & { text: string; isFixed: boolean } {
  // Comments stay: whether one is needed depends on the rules that happen to be on. So they are looked at afterwards.
  const {
    text: fixed,
    linted,
    isFixed,
  } = fixInPasses(
    text,
    (current) => lintText(host, path, current, false),
    ({ findings }) => findings,
  );
  const left = /eslint-(?:dis|en)able/.test(fixed) ? lintText(host, path, fixed) : linted;
  return { ...left, text: fixed, isFixed };
}

function settingsFor({ settings, policyFor, typed = NONE }: Host, path: string): RuleSettings {
  return layPolicyRules(settings, policyRules(policyFor(path)), typed);
}

const NONE: ReadonlySet<string> = new Set();

function findingsOf({ rules, views }: Host, file: ComposeFile, settings: RuleSettings): Finding[] {
  const kind = fileKindOf(file.source.path);
  let known: readonly ProjectView[] | undefined;
  return [...settings].flatMap(([id, { level, options }]) => {
    const rule = rules.get(id);
    if (level === "off" || rule?.files !== kind) return [];
    known ??= views(file);
    return judged(rule, file, known, options).map((finding) => reported(finding, level));
  });
}

function findingsBroughtIn(
  { rules, broughtIn, typed = NONE }: Host,
  file: ComposeFile,
  settings: RuleSettings,
): Finding[] {
  const brought = broughtIn?.(file) ?? [];
  if (brought.length === 0) return [];
  return [...settings].flatMap(([id, { level, options }]) => {
    const rule = rules.get(id);
    if (level === "off" || rule?.files !== "compose") return [];
    const judged = brought.filter(({ view }) => typed.has(id) || !isOffInPolicy(rule, view));
    return judgeBroughtIn(rule, judged, options).map((finding) => reported(finding, level));
  });
}

/** Whoever reports that a rule could not cope with a file needs to know which one. */
function judged(rule: Rule, ...surroundings: readonly [ComposeFile, readonly ProjectView[], unknown]) {
  try {
    return judge(rule, ...surroundings);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`rule ${rule.name}: ${why}`, { cause: error });
  }
}

function reported(finding: RuleFinding, level: "warn" | "error"): Finding {
  const severity = level === "warn" || finding.severity === "warn" ? "warning" : "error";
  return { ...finding, rule: `${RULE_PREFIX}${finding.rule}`, severity };
}

/** A comment that turns off a rule of another linter too is of use to that one. */
function isOurs({ parts }: Finding): boolean {
  return parts.headline.includes(RULE_PREFIX);
}

function byPlace({ at: one }: Finding, { at: other }: Finding): number {
  return one.span[0] - other.span[0];
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, "");
}
