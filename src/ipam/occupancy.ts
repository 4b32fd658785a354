import { type Address, compareAddresses, type AddressRange } from "./address.js";
import { rangesOverlap } from "./range.js";
import type { RangeSet } from "./range-set.js";

/** Which addresses are spoken for: by what was there before, and by what has been occupied since. */
export interface Occupancy {
  /** A range that is spoken for and shares an address with `range`. */
  blocker(range: AddressRange): AddressRange | undefined;
  /** Speaks for a range that has no blocker. */
  occupy(range: AddressRange): void;
}

/** An occupancy that begins with all ranges of `taken`. */
export function createOccupancy(taken: readonly RangeSet<unknown>[]): Occupancy {
  // In ascending order, with neighbours joined, so that whoever looks for a gap steps over a whole run at once.
  const runs: AddressRange[] = [];

  /** The place of the first run that ends at or above an address. */
  function placeOf(address: Address): number {
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const run = runs[middle];
      if (run && compareAddresses(run.last, address) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    blocker(range) {
      for (const set of taken) {
        const entry = set.firstOverlappingEntry(range);
        if (entry) return entry.range;
      }
      const run = runs[placeOf(range.first)];
      return run && rangesOverlap(run, range) ? run : undefined;
    },
    occupy(range) {
      const place = placeOf(range.first);
      const before = runs[place - 1];
      const after = runs[place];
      const joinsBefore = before !== undefined && areNeighbours(before, range);
      const joinsAfter = after !== undefined && areNeighbours(range, after);
      runs.splice(place - (joinsBefore ? 1 : 0), (joinsBefore ? 1 : 0) + (joinsAfter ? 1 : 0), {
        first: joinsBefore ? before.first : range.first,
        last: joinsAfter ? after.last : range.last,
      });
    },
  };
}

function areNeighbours(lower: AddressRange, upper: AddressRange): boolean {
  return lower.last.family === upper.first.family && lower.last.value + 1n === upper.first.value;
}
