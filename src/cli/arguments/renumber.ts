import { hasHostBits, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import { failure, success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { lastOf, type GivenOptions, type OptionName } from "./options.js";

export interface RenumberRequest extends BoundsRequest {
  readonly kind: "renumber";
  /** The key or the engine's name of a network. */
  readonly network: string;
  readonly paths: readonly string[];
  readonly to: Prefix | undefined;
  readonly writes: boolean;
}

export const RENUMBER_OPTIONS: readonly OptionName[] = ["to", "fix", "fix-dry-run", ...BOUNDS_OPTIONS];

export function readRenumber(
  given: GivenOptions,
  [network, ...paths]: readonly string[],
): Result<RenumberRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  if (network === undefined) return failure("renumber: which network? Name its key, as in: renumber back");
  if (given.has("fix") && given.has("fix-dry-run")) {
    return failure("--fix writes and --fix-dry-run does not: choose one");
  }
  const written = lastOf(given, "to");
  const to = written === undefined ? undefined : parsePrefix(written);
  if (to?.ok === false) return failure(`--to ${written ?? ""}: ${to.fault.reason}`);
  if (to?.ok === true && hasHostBits(to.value)) return failure(`--to ${written ?? ""}: host bits are set`);
  return success({ ...bounds.value, kind: "renumber", network, paths, to: to?.value, writes: given.has("fix") });
}
