import { parseArgs } from "node:util";

import { failure, success, type Result } from "../../kit/result.js";
import { nearest } from "../../kit/nearest.js";

/** The options of all commands. One name means the same everywhere. */
const OPTIONS = {
  fix: { type: "boolean" },
  "fix-dry-run": { type: "boolean" },
  format: { type: "string" },
  stdin: { type: "boolean" },
  "stdin-filename": { type: "string" },
  ranges: { type: "string" },
  rule: { type: "string" },
  "suppress-all": { type: "boolean" },
  "suppress-rule": { type: "string" },
  "prune-suppressions": { type: "boolean" },
  env: { type: "string" },
  "allow-outside": { type: "string" },
  "max-file-size": { type: "string" },
  exclude: { type: "string" },
  profile: { type: "string" },
  "max-warnings": { type: "string" },
  verbose: { type: "boolean" },
  from: { type: "string" },
  to: { type: "string" },
  prefix: { type: "string" },
  count: { type: "string" },
  forbid: { type: "string" },
  import: { type: "string" },
  pool: { type: "string" },
  id: { type: "string" },
  with: { type: "string" },
  yes: { type: "boolean" },
  "dry-run": { type: "boolean" },
  save: { type: "string" },
  diff: { type: "string" },
  watch: { type: "boolean" },
  exec: { type: "string" },
  "container-names": { type: "boolean" },
  stdio: { type: "boolean" },
  clientProcessId: { type: "string" },
  "no-cache": { type: "boolean" },
  "cache-location": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
  quiet: { type: "boolean", short: "q" },
  color: { type: "boolean" },
  "no-color": { type: "boolean" },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** The values of each option, in the order given; a switch has empty ones. */
export type GivenOptions = ReadonlyMap<OptionName, readonly string[]>;

export interface Tokens {
  readonly given: GivenOptions;
  readonly positionals: readonly { readonly value: string; readonly mayBeCommand: boolean }[];
}

/** Tells options from positionals. What a command makes of them is its own business. */
export function readTokens(args: readonly string[]): Result<Tokens, string> {
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

/** The last one given wins. */
export function lastOf(given: GivenOptions, name: OptionName): string | undefined {
  return given.get(name)?.at(-1);
}

/** @param option As the complaint names it. */
export function oneOf<Choice extends string>(
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
