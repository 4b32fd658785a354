import { parseArgs } from "node:util";

import { failure, success, type Result } from "../ipam/result.js";
import { nearest } from "../policy/edit-distance.js";

export type Request = CheckRequest | ListRequest | { readonly kind: "help" } | { readonly kind: "version" };

export type Format = "text" | "json";

export interface CheckRequest {
  readonly kind: "check";
  readonly paths: readonly string[];
  readonly fix: "no" | "write" | "dry run";
  readonly format: Format;
  /** The name that the text from standard input stands for. */
  readonly stdin: string | undefined;
  /** As written. */
  readonly ranges: string | undefined;
  readonly ruleLevels: readonly RuleLevel[];
  readonly maxWarnings: number;
}

export interface ListRequest {
  readonly kind: "list";
  readonly paths: readonly string[];
  readonly format: Format;
}

export interface RuleLevel {
  /** As written, with or without the plugin's prefix. */
  readonly rule: string;
  readonly level: "off" | "warn" | "error";
}

const OPTIONS = {
  fix: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  format: { type: "string" },
  stdin: { type: "boolean" },
  "stdin-filename": { type: "string" },
  ranges: { type: "string" },
  rule: { type: "string" },
  "max-warnings": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

type OptionName = keyof typeof OPTIONS;

const OF_LIST: readonly string[] = ["format"];
const FORMATS = ["text", "json"] as const;
const LEVELS = ["off", "warn", "error"] as const;

/** @returns what is asked for, or the first thing wrong with the call. */
export function readArguments(args: readonly string[]): Result<Request, string> {
  const parsed = parseTokens(args);
  if (!parsed.ok) return parsed;
  const { given, positionals } = parsed.value;
  if (given.has("help")) return success({ kind: "help" });
  if (given.has("version")) return success({ kind: "version" });

  const format = oneOf(FORMATS, given.get("format")?.at(-1) ?? "text", "--format");
  if (!format.ok) return format;
  const [command, ...others] = positionals;
  if (command?.value === "list" && command.mayBeCommand) {
    const foreign = [...given.keys()].find((name) => !OF_LIST.includes(name));
    if (foreign !== undefined) return failure(`list knows no option --${foreign}`);
    return success({ kind: "list", paths: others.map(({ value }) => value), format: format.value });
  }
  return readCheck(
    given,
    positionals.map(({ value }) => value),
    format.value,
  );
}

interface Tokens {
  /** The values of each option, in the order given; a switch has empty ones. */
  readonly given: ReadonlyMap<OptionName, readonly string[]>;
  readonly positionals: readonly { readonly value: string; readonly mayBeCommand: boolean }[];
}

function parseTokens(args: readonly string[]): Result<Tokens, string> {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<OptionName, string[]>();
  const positionals: { value: string; mayBeCommand: boolean }[] = [];
  let onlyPathsFollow = false;
  for (const token of tokens) {
    if (token.kind === "option-terminator") onlyPathsFollow = true;
    else if (token.kind === "positional") positionals.push({ value: token.value, mayBeCommand: !onlyPathsFollow });
    else {
      const { name, rawName, value, inlineValue } = token;
      if (!isOptionName(name)) return failure(unknownOption(rawName));
      const { type } = OPTIONS[name];
      if (type === "boolean" && value !== undefined) return failure(`${rawName} takes no value`);
      const swallowed = value?.startsWith("-") === true && !inlineValue;
      if (type === "string" && (value === undefined || value === "" || swallowed)) {
        return failure(`${rawName} needs a value`);
      }
      given.set(name, [...(given.get(name) ?? []), value ?? ""]);
    }
  }
  return success({ given, positionals });
}

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function unknownOption(written: string): string {
  const meant = nearest(written, Object.keys(OPTIONS));
  return `unknown option ${written}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}

function readCheck(given: Tokens["given"], positionals: readonly string[], format: Format): Result<Request, string> {
  const fixes = (["fix", "fix-dry-run"] as const).filter((name) => given.has(name));
  if (fixes.length > 1) return failure("--fix writes and --fix-dry-run does not: choose one");
  const dash = positionals.includes("-");
  const paths = positionals.filter((path) => path !== "-");
  const readsStdin = given.has("stdin") || dash;
  if (readsStdin && paths.length > 0) return failure(`standard input is checked alone, without ${paths.join(", ")}`);
  const name = given.get("stdin-filename")?.at(-1);
  if (name !== undefined && !readsStdin) return failure("--stdin-filename needs --stdin");

  const ruleLevels = [];
  for (const written of given.get("rule") ?? []) {
    const ruleLevel = readRuleLevel(written);
    if (!ruleLevel.ok) return ruleLevel;
    ruleLevels.push(ruleLevel.value);
  }
  const most = given.get("max-warnings")?.at(-1);
  if (most !== undefined && !/^\d+$/.test(most)) return failure(`--max-warnings ${most}: it takes a whole number`);
  return success({
    kind: "check",
    paths,
    fix: given.has("fix") ? "write" : given.has("fix-dry-run") ? "dry run" : "no",
    format,
    stdin: readsStdin ? (name ?? "compose.yaml") : undefined,
    ranges: given.get("ranges")?.at(-1),
    ruleLevels,
    maxWarnings: most === undefined ? Infinity : Number(most),
  });
}

function readRuleLevel(written: string): Result<RuleLevel, string> {
  const [, rule, severity] = /^(.+):(.*)$/.exec(written) ?? [];
  if (rule === undefined || severity === undefined) {
    return failure(`--rule ${written}: a rule and its severity are written like require-subnet:warn`);
  }
  const level = oneOf(LEVELS, severity, `--rule ${written}`);
  return level.ok ? success({ rule, level: level.value }) : level;
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  written: string,
  option: string,
): Result<Choice, string> {
  const choice = choices.find((candidate) => candidate === written);
  if (choice !== undefined) return success(choice);
  const meant = nearest(written, choices);
  const advice = meant === undefined ? `it is one of ${choices.join(", ")}` : `did you mean ${meant}?`;
  return failure(`${option}: unknown "${written}"; ${advice}`);
}
