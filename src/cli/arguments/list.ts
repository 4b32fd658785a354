import { success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface ListRequest extends BoundsRequest {
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

export const LIST_OPTIONS: readonly OptionName[] = ["format", "env", "profile", ...BOUNDS_OPTIONS];

export function readList(given: GivenOptions, paths: readonly string[]): Result<ListRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const format = oneOf(FORMATS, lastOf(given, "format") ?? "text", "--format");
  if (!format.ok) return format;
  return success({
    ...bounds.value,
    kind: "list",
    paths,
    format: format.value,
    env: given.get("env") ?? [],
    profiles: given.get("profile"),
  });
}
