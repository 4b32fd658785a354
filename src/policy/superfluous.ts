import { rangeContains } from "../ipam/range.js";
import type { RangeSet } from "../ipam/range-set.js";
import type { ForbiddenRange } from "./policy.js";

/**
 * The entry that makes another one superfluous: it forbids all the same addresses, for as long, and there is nothing
 * that only the other one says. Of two that are equal, the later is superfluous.
 */
export function betterEntry(entry: ForbiddenRange, enforced: RangeSet<ForbiddenRange>): ForbiddenRange | undefined {
  const [range, ...others] = entry.ranges;
  if (!range || others.length > 0) return undefined;
  const overlapping = enforced.overlappingEntries(range);
  const rank = overlapping.findIndex(({ value }) => value === entry);
  return overlapping.find(
    (other, index) =>
      other.value !== entry &&
      rangeContains(other.range, range) &&
      (index < rank || !rangeContains(range, other.range)) &&
      saysAsMuch(other.value, entry),
  )?.value;
}

function saysAsMuch(outer: ForbiddenRange, inner: ForbiddenRange): boolean {
  return (
    outer.severity === inner.severity &&
    (outer.until === undefined || (inner.until !== undefined && inner.until <= outer.until)) &&
    (["name", "reason", "owner"] as const).every((key) => inner[key] === undefined || inner[key] === outer[key])
  );
}
