import { failure, success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface CheckRequest extends BoundsRequest {
  readonly kind: "check";
  readonly paths: readonly string[];
  readonly fix: "no" | "write" | "dry run";
  /** Undefined when nobody asked for one: it depends on where the command runs. */
  readonly format: (typeof FORMATS)[number] | undefined;
  /** The name that the text from standard input stands for. */
  readonly stdin: string | undefined;
  /** As written. */
  readonly ranges: string | undefined;
  readonly id: string | undefined;
  /** As written. */
  readonly env: readonly string[];
  readonly ruleLevels: readonly RuleLevel[];
  readonly maxWarnings: number;
}

/** On GitHub people read the log and the annotations. */
export type ReportFormat = (typeof FORMATS)[number] | "text and annotations";

export interface RuleLevel {
  /** As written, with or without the plugin's prefix. */
  readonly rule: string;
  readonly level: "off" | "warn" | "error";
}

const FORMATS = ["text", "json", "sarif", "github", "gitlab", "junit"] as const;
const LEVELS = ["off", "warn", "error"] as const;

export const CHECK_OPTIONS: readonly OptionName[] = [
  "fix",
  "fix-dry-run",
  "format",
  "stdin",
  "stdin-filename",
  "ranges",
  "id",
  "env",
  "rule",
  "max-warnings",
  ...BOUNDS_OPTIONS,
];

export function readCheck(given: GivenOptions, positionals: readonly string[]): Result<CheckRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const asked = lastOf(given, "format");
  const format = asked === undefined ? success(undefined) : oneOf(FORMATS, asked, "--format");
  if (!format.ok) return format;
  const fixes = (["fix", "fix-dry-run"] as const).filter((name) => given.has(name));
  if (fixes.length > 1) return failure("--fix writes and --fix-dry-run does not: choose one");
  const paths = positionals.filter((path) => path !== "-");
  const readsStdin = given.has("stdin") || positionals.includes("-");
  if (readsStdin && paths.length > 0)
    return failure(`standard input is checked on its own, without ${paths.join(", ")}`);
  const name = lastOf(given, "stdin-filename");
  if (name !== undefined && !readsStdin) return failure("--stdin-filename needs --stdin");

  const ruleLevels = readRuleLevels(given);
  if (!ruleLevels.ok) return ruleLevels;
  const most = lastOf(given, "max-warnings");
  if (most !== undefined && !/^\d+$/.test(most)) return failure(`--max-warnings ${most}: it takes a whole number`);
  return success({
    ...bounds.value,
    kind: "check",
    paths,
    fix: given.has("fix") ? "write" : given.has("fix-dry-run") ? "dry run" : "no",
    format: format.value,
    stdin: readsStdin ? (name ?? "compose.yaml") : undefined,
    ranges: lastOf(given, "ranges"),
    id: lastOf(given, "id"),
    env: given.get("env") ?? [],
    ruleLevels: ruleLevels.value,
    maxWarnings: most === undefined ? Infinity : Number(most),
  });
}

export function readRuleLevels(given: GivenOptions): Result<readonly RuleLevel[], string> {
  const ruleLevels: RuleLevel[] = [];
  for (const written of given.get("rule") ?? []) {
    const ruleLevel = readRuleLevel(written);
    if (!ruleLevel.ok) return ruleLevel;
    ruleLevels.push(ruleLevel.value);
  }
  return success(ruleLevels);
}

function readRuleLevel(written: string): Result<RuleLevel, string> {
  const [, rule, severity] = /^(.+):(.*)$/.exec(written) ?? [];
  if (rule === undefined || severity === undefined) {
    return failure(`--rule ${written}: a rule and its severity are written like require-subnet:warn`);
  }
  const level = oneOf(LEVELS, severity, `--rule ${written}`);
  return level.ok ? success({ rule, level: level.value }) : level;
}
