import { compareAddresses } from "./address.js";
import { rangeContains } from "./range.js";
import type { RangeEntry } from "./range-set.js";

/**
 * The entries whose every address lies in another one, each with that other one. Of two that are equal, the later lies
 * in the earlier. Takes O(n log n).
 */
export function containedEntries<T>(entries: readonly RangeEntry<T>[]): Map<RangeEntry<T>, RangeEntry<T>> {
  const contained = new Map<RangeEntry<T>, RangeEntry<T>>();
  const widestFirst = entries.toSorted(
    ({ range: a }, { range: b }) => compareAddresses(a.first, b.first) || compareAddresses(b.last, a.last),
  );
  // Whatever comes later begins no earlier, so only the entry that reaches furthest can hold it.
  let furthest: RangeEntry<T> | undefined;
  for (const entry of widestFirst) {
    if (furthest && rangeContains(furthest.range, entry.range)) contained.set(entry, furthest);
    else furthest = reachesFurther(entry, furthest) ? entry : furthest;
  }
  return contained;
}

function reachesFurther<T>(entry: RangeEntry<T>, furthest: RangeEntry<T> | undefined): boolean {
  return !furthest || compareAddresses(entry.range.last, furthest.range.last) > 0;
}
