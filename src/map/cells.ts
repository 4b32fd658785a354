import type { AddressRange } from "../ipam/address.js";
import { rangeOf } from "../ipam/prefix.js";
import { rangesOverlap } from "../ipam/range.js";
import { KINDS, type MapItem, type MapKind } from "./address-map.js";
import type { Lane } from "./lanes.js";

/** What a cell of a lane shows: the worst that lies in it. */
export type Cell = "collision" | MapKind | "free";

/** @param collides Whether a network shares addresses with something, in a range. */
export function cellsOf(lane: Lane, amount: number, collides: (range: AddressRange) => boolean): Cell[] {
  const { first, last } = rangeOf(lane.block);
  const size = (last.value - first.value + 1n) / BigInt(amount) || 1n;
  const cells: Cell[] = [];
  for (let start = first.value; start <= last.value && cells.length < amount; start += size) {
    const range: AddressRange = {
      first: { family: first.family, value: start },
      last: { family: first.family, value: start + size - 1n },
    };
    cells.push(collides(range) ? "collision" : worst(lane.items, range));
  }
  return cells;
}

function worst(items: readonly MapItem[], range: AddressRange): Cell {
  const found = new Set(items.flatMap((item) => (rangesOverlap(item.range, range) ? [item.kind] : [])));
  return KINDS.find((kind) => found.has(kind)) ?? "free";
}
