import { rangeContains } from "../ipam/range.js";
import type { RangeSet } from "../ipam/range-set.js";
import type { ForbiddenRange } from "../policy/policy.js";
import type { AddressRange } from "../ipam/address.js";

/** The forbidden range that a range runs into, and the part that both share. */
export interface Hit {
  readonly forbidden: ForbiddenRange;
  readonly shared: AddressRange;
  /** How many more forbidden ranges it runs into. */
  readonly others: number;
}

/** A range that fails a run comes before one that only warns. */
export function hitOf(enforced: RangeSet<ForbiddenRange>, range: AddressRange): Hit | undefined {
  const entries = enforced.overlappingEntries(range);
  const entry = entries.find(({ value }) => value.severity === "error") ?? entries[0];
  if (!entry) return undefined;
  const first = entry.range.first.value > range.first.value ? entry.range.first : range.first;
  const last = entry.range.last.value < range.last.value ? entry.range.last : range.last;
  const others = new Set(entries.map(({ value }) => value)).size - 1;
  return { forbidden: entry.value, shared: { first, last }, others };
}

/** Completes "SUBNET … the forbidden range". */
export function relationOf({ forbidden }: Hit, range: AddressRange): string {
  if (forbidden.ranges.some((outer) => rangeContains(outer, range))) return "lies in";
  return forbidden.ranges.every((inner) => rangeContains(range, inner)) ? "contains" : "overlaps";
}
