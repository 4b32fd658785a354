import { rangeContains } from "../ipam/range.js";
import type { RangeSet } from "../ipam/range-set.js";
import type { ForbiddenRange } from "./policy.js";

/** Of thousands of entries for the same addresses only the first ones are compared: all pairs would take for ever. */
const ENOUGH = 1000;

/**
 * The entry that makes another one superfluous: it forbids all the same addresses, for as long, and there is nothing
 * that only the other one says. Of two that are equal, the later is superfluous.
 */
export function betterEntry(entry: ForbiddenRange, enforced: RangeSet<ForbiddenRange>): ForbiddenRange | undefined {
  const [range, ...others] = entry.ranges;
  if (!range || others.length > 0) return undefined;
  let isLater = false;
  let seen = 0;
  for (const other of enforced.eachOverlappingEntry(range)) {
    if (++seen > ENOUGH) return undefined;
    if (other.value === entry) isLater = true;
    else if (
      rangeContains(other.range, range) &&
      (!isLater || !rangeContains(range, other.range)) &&
      saysAsMuch(other.value, entry)
    ) {
      return other.value;
    }
  }
  return undefined;
}

function saysAsMuch(outer: ForbiddenRange, inner: ForbiddenRange): boolean {
  return (
    outer.severity === inner.severity &&
    (outer.until === undefined || (inner.until !== undefined && inner.until <= outer.until)) &&
    (inner.router === undefined ||
      (outer.router?.family === inner.router.family && outer.router.value === inner.router.value)) &&
    (["name", "reason", "owner"] as const).every((key) => inner[key] === undefined || inner[key] === outer[key])
  );
}
