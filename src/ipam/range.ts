import { type Address, compareAddresses, formatAddress, parseAddress, type AddressRange } from "./address.js";
import { bitsOf, formatPrefix, type Prefix } from "./prefix.js";
import { type Result, failure, success } from "../kit/result.js";

/** Why a text is no range: the part that is wrong, and a clause that says how. */
export interface RangeFault {
  readonly part: "dash" | "first" | "last" | "family" | "order";
  readonly reason: string;
}

/** Reads `first-last`. Spaces round the dash are optional, and it may be the en dash that `formatRange` writes. */
export function parseRange(text: string): Result<AddressRange, RangeFault> {
  const dash = text.search(/[-–]/u);
  if (dash < 0) {
    return failure({ part: "dash", reason: 'it has no "-": a range is written like 10.0.0.10-10.0.0.20' });
  }
  const first = parseAddress(text.slice(0, dash).replace(/ +$/u, ""));
  if (!first.ok) return failure({ part: "first", reason: `before the dash, ${first.fault.reason}` });
  const last = parseAddress(text.slice(dash + 1).replace(/^ +/u, ""));
  if (!last.ok) return failure({ part: "last", reason: `after the dash, ${last.fault.reason}` });

  if (first.value.family !== last.value.family) {
    return failure({ part: "family", reason: "one end is IPv4 and the other IPv6" });
  }
  if (first.value.value > last.value.value) {
    return failure({ part: "order", reason: "its first address is above its last" });
  }
  return success({ first: first.value, last: last.value });
}

/** Whether two ranges share an address. Ranges of different families never do. */
export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.first.family === b.first.family && a.first.value <= b.last.value && b.first.value <= a.last.value;
}

/** Whether an address, or every address of a range, lies in `outer`. */
export function rangeContains(outer: AddressRange, inner: AddressRange | Address): boolean {
  const { first, last } = "first" in inner ? inner : { first: inner, last: inner };
  return outer.first.family === first.family && outer.first.value <= first.value && last.value <= outer.last.value;
}

/** What is left of a range without the holes, in ascending order. The holes may overlap and be of any family. */
export function subtractRanges(range: AddressRange, holes: readonly AddressRange[]): AddressRange[] {
  const { family } = range.first;
  const left: AddressRange[] = [];
  const cuts = holes.filter((hole) => rangesOverlap(range, hole));
  let next = range.first.value;
  for (const hole of cuts.sort((a, b) => compareAddresses(a.first, b.first))) {
    if (hole.first.value > next) {
      left.push({ first: { family, value: next }, last: { family, value: hole.first.value - 1n } });
    }
    if (hole.last.value >= next) next = hole.last.value + 1n;
  }
  if (next <= range.last.value) left.push({ first: { family, value: next }, last: range.last });
  return left;
}

/** The prefix that holds exactly the addresses of a range, if there is one. */
export function prefixOf(range: AddressRange): Prefix | undefined {
  const { family, value } = range.first;
  const mask = value ^ range.last.value;
  // All host bits and nothing else may differ: the first address has none of them set, the last has all.
  if ((mask & (mask + 1n)) !== 0n || (value & mask) !== 0n) return undefined;
  const hostBits = mask === 0n ? 0 : mask.toString(2).length;
  return { address: range.first, length: bitsOf(family) - hostBits };
}

/** Writes a range as a CIDR block when it is exactly one, else as `first–last` with an en dash. */
export function formatRange(range: AddressRange): string {
  const prefix = prefixOf(range);
  return prefix ? formatPrefix(prefix) : `${formatAddress(range.first)}–${formatAddress(range.last)}`;
}
