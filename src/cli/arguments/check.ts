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
  readonly rules: readonly RuleChange[];
  readonly maxWarnings: number;
  readonly suppression: Suppression;
  /** Each finding is shown whole, however many there are. */
  readonly isVerbose: boolean;
  /** Only errors are shown, and nothing where there are none. */
  readonly isQuiet: boolean;
}

/** What is written into the baseline. */
export type Suppression =
  | { readonly kind: "none" }
  | { readonly kind: "all" }
  /** @param rules As written, without the plugin's prefix. */
  | { readonly kind: "rules"; readonly rules: readonly string[] }
  /** What is no longer found goes. */
  | { readonly kind: "prune" };

/** On GitHub people read the log and the annotations. */
export type ReportFormat = (typeof FORMATS)[number] | "text and annotations";

/** A change to one rule. What is left out stays as it is. */
export interface RuleChange {
  /** As written, with or without the plugin's prefix. */
  readonly rule: string;
  readonly level: "off" | "warn" | "error" | undefined;
  readonly options: Readonly<Record<string, unknown>> | undefined;
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
  "suppress-all",
  "suppress-rule",
  "prune-suppressions",
  "max-warnings",
  "verbose",
  "quiet",
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

  const rules = readRules(given);
  if (!rules.ok) return rules;
  const suppression = readSuppression(given, readsStdin);
  if (!suppression.ok) return suppression;
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
    rules: rules.value,
    maxWarnings: most === undefined ? Infinity : Number(most),
    suppression: suppression.value,
    isVerbose: given.has("verbose"),
    isQuiet: given.has("quiet"),
  });
}

export function readRules(given: GivenOptions): Result<readonly RuleChange[], string> {
  const rules: RuleChange[] = [];
  for (const written of given.get("rule") ?? []) {
    const change = readRuleChange(written);
    if (!change.ok) return change;
    rules.push(change.value);
  }
  return success(rules);
}

function readSuppression(given: GivenOptions, readsStdin: boolean): Result<Suppression, string> {
  const [chosen, ...others] = (["suppress-all", "suppress-rule", "prune-suppressions"] as const).filter((name) =>
    given.has(name),
  );
  if (chosen === undefined) return success({ kind: "none" });
  if (others.length > 0) return failure(`choose one of --${[chosen, ...others].join(" and --")}`);
  if (readsStdin) return failure(`--${chosen} writes about files, and not about standard input`);
  if (given.has("fix-dry-run")) return failure(`--${chosen} writes and --fix-dry-run does not: choose one`);
  if (chosen === "suppress-all") return success({ kind: "all" });
  if (chosen === "prune-suppressions") return success({ kind: "prune" });
  const rules = (given.get(chosen) ?? []).map((name) => name.replace(/^compose-networks\//, ""));
  return success({ kind: "rules", rules });
}

const EXAMPLES = `require-subnet:warn or 'require-subnet: {"when": "unsafe"}'`;

/** `NAME:SEVERITY`, `NAME: {OPTIONS}` or `NAME: [SEVERITY, {OPTIONS}]`. The options are JSON. */
function readRuleChange(written: string): Result<RuleChange, string> {
  const option = `--rule ${written}`;
  const [, rule, text = ""] = /^([^:]+):\s*([^]*)$/.exec(written) ?? [];
  if (rule === undefined)
    return failure(`${option}: a rule and its severity or its options are written like ${EXAMPLES}`);
  if (!/^[[{]/.test(text)) {
    const level = oneOf(LEVELS, text, option);
    return level.ok ? success({ rule, level: level.value, options: undefined }) : level;
  }
  const value = parseJson(text);
  if (value === undefined) return failure(`${option}: the options are not valid JSON; write them like ${EXAMPLES}`);
  if (!Array.isArray(value)) return success({ rule, level: undefined, options: recordOf(value) });
  const [severity, options = {}, ...others] = value.map((each: unknown) => each);
  const level = oneOf(LEVELS, String(severity), option);
  if (!level.ok) return level;
  if (others.length > 0 || !isRecord(options)) {
    return failure(`${option}: a list contains a severity, and then the options in one object`);
  }
  return success({ rule, level: level.value, options });
}

/** @returns undefined for what is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
