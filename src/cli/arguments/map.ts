import { success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { lastOf, oneOf, type GivenOptions, type OptionName } from "./options.js";

export interface MapRequest extends BoundsRequest {
  readonly kind: "map";
  readonly paths: readonly string[];
  readonly format: (typeof FORMATS)[number];
  /** Outputs of `list` and snapshots of hosts. As written. */
  readonly from: readonly string[];
  /** As written. */
  readonly env: readonly string[];
  readonly profiles: readonly string[] | undefined;
}

const FORMATS = ["text", "svg", "html"] as const;

export const MAP_OPTIONS: readonly OptionName[] = ["format", "from", "env", "profile", ...BOUNDS_OPTIONS];

export function readMap(given: GivenOptions, paths: readonly string[]): Result<MapRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const format = oneOf(FORMATS, lastOf(given, "format") ?? "text", "--format");
  if (!format.ok) return format;
  return success({
    ...bounds.value,
    kind: "map",
    paths,
    format: format.value,
    from: given.get("from") ?? [],
    env: given.get("env") ?? [],
    profiles: given.get("profile"),
  });
}
