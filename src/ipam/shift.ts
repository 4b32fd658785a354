import type { Address } from "./address.js";
import { bitsOf, rangeOf, type Prefix } from "./prefix.js";
import { rangeContains } from "./range.js";

/**
 * Where an address of one subnet lies in another: as far from the start as before.
 *
 * @returns undefined where `to` ends before that, or ends with it: the last address of an IPv4 subnet is no host's.
 */
export function shiftAddress(address: Address, from: Prefix, to: Prefix): Address | undefined {
  const [old, young] = [rangeOf(from), rangeOf(to)];
  const shifted = { family: address.family, value: address.value - old.first.value + young.first.value };
  if (!rangeContains(young, shifted)) return undefined;
  const becomesLast = shifted.value === young.last.value && address.value !== old.last.value;
  return becomesLast && address.family === 4 ? undefined : shifted;
}

/** The same for a part of a subnet: its length and its bits behind the prefix stay. */
export function shiftPrefix({ address, length }: Prefix, from: Prefix, to: Prefix): Prefix | undefined {
  const [old, young] = [rangeOf(from), rangeOf(to)];
  const shifted = {
    address: { family: address.family, value: address.value - old.first.value + young.first.value },
    length,
  };
  const isPart = length >= to.length && length <= bitsOf(address.family) && rangeContains(young, rangeOf(shifted));
  return isPart ? shifted : undefined;
}
