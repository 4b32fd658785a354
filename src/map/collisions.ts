import type { AddressRange } from "../ipam/address.js";
import { RangeSet } from "../ipam/range-set.js";
import type { AddressMap } from "./address-map.js";

/** The parts in which a network shares addresses with another, or with a forbidden range. */
export function collisionRanges({ networks }: AddressMap): AddressRange[] {
  return networks.flatMap(({ range, collisions }) =>
    collisions.map((other) => ({
      first: other.range.first.value > range.first.value ? other.range.first : range.first,
      last: other.range.last.value < range.last.value ? other.range.last : range.last,
    })),
  );
}

export function collisionIndex(map: AddressMap): (range: AddressRange) => boolean {
  const index = new RangeSet(collisionRanges(map).map((range) => ({ range, value: true })));
  return (range) => index.firstOverlapping(range) === true;
}
