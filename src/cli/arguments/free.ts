import { failure, success, type Result } from "../../kit/result.js";
import { BOUNDS_OPTIONS, readBounds, type BoundsRequest } from "./bounds.js";
import { lastOf, type GivenOptions, type OptionName } from "./options.js";

export interface FreeRequest extends BoundsRequest {
  readonly kind: "free";
  /** The prefix length of the subnets, unless that of each pool. */
  readonly length: number | undefined;
  /** How many of each pool are shown. */
  readonly count: number;
}

export const FREE_OPTIONS: readonly OptionName[] = ["prefix", "count", ...BOUNDS_OPTIONS];

const USUAL_COUNT = 3;

export function readFree(given: GivenOptions, positionals: readonly string[]): Result<FreeRequest, string> {
  const bounds = readBounds(given);
  if (!bounds.ok) return bounds;
  const [path] = positionals;
  if (path !== undefined) return failure(`free takes no path: ${path}`);
  const length = wholeNumber(given, "prefix", 126);
  if (!length.ok) return length;
  const count = wholeNumber(given, "count", 10_000);
  if (!count.ok) return count;
  return success({ ...bounds.value, kind: "free", length: length.value, count: count.value ?? USUAL_COUNT });
}

function wholeNumber(given: GivenOptions, name: OptionName, most: number): Result<number | undefined, string> {
  const written = lastOf(given, name);
  if (written === undefined) return success(undefined);
  const number = /^\d+$/.test(written) ? Number(written) : 0;
  return number >= 1 && number <= most
    ? success(number)
    : failure(`--${name} ${written}: it takes a whole number from 1 to ${most}`);
}
