import { failure, success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { readRules, type RuleChange } from "./check.js";
import { lastOf, type GivenOptions, type OptionName } from "./options.js";

/** What counts for every file of the session, as for a check. */
export interface LspRequest extends BoundsRequest {
  readonly kind: "lsp";
  /** As written. */
  readonly ranges: string | undefined;
  readonly id: string | undefined;
  /** As written. */
  readonly env: readonly string[];
  readonly rules: readonly RuleChange[];
}

/** Editors say over what to talk, and some who they are. There is only one way to talk. */
export const LSP_OPTIONS: readonly OptionName[] = [
  "stdio",
  "clientProcessId",
  "ranges",
  "id",
  "env",
  "rule",
  ...BOUNDS_OPTIONS,
];

export function readLsp(given: GivenOptions, words: readonly string[]): Result<LspRequest, string> {
  const [word] = words;
  if (word !== undefined) return failure(`lsp takes no path, such as ${word}: the editor says which files it has open`);
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const rules = readRules(given);
  if (!rules.ok) return rules;
  return success({
    ...bounds.value,
    kind: "lsp",
    ranges: lastOf(given, "ranges"),
    id: lastOf(given, "id"),
    env: given.get("env") ?? [],
    rules: rules.value,
  });
}
