import { success, type Result } from "../ipam/result.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface ListRequest {
  readonly kind: "list";
  readonly paths: readonly string[];
  readonly format: ListFormat;
  /** As written. */
  readonly env: readonly string[];
  /** The profiles that are enabled, or undefined for all of them. */
  readonly profiles: readonly string[] | undefined;
}

type ListFormat = (typeof FORMATS)[number];

const FORMATS = ["text", "json"] as const;

export const LIST_OPTIONS: readonly OptionName[] = ["format", "env", "profile"];

export function readList(given: GivenOptions, paths: readonly string[]): Result<ListRequest, string> {
  const format = oneOf(FORMATS, lastOf(given, "format") ?? "text", "--format");
  if (!format.ok) return format;
  return success({
    kind: "list",
    paths,
    format: format.value,
    env: given.get("env") ?? [],
    profiles: given.get("profile"),
  });
}
