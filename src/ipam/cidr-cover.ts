import { bitsOf, type Prefix } from "./prefix.js";
import type { AddressRange } from "./address.js";

/**
 * The fewest prefixes that hold exactly the addresses of a range, in ascending order: at most 62 for IPv4 and 254 for
 * IPv6. Each step takes the largest block that begins at the next address and ends in the range.
 */
export function coverRange(range: AddressRange): Prefix[] {
  const { family } = range.first;
  const cover: Prefix[] = [];
  let next = range.first.value;
  while (next <= range.last.value) {
    let hostBits = 0;
    let size = 1n;
    while ((next & size) === 0n && next + size * 2n - 1n <= range.last.value) {
      hostBits++;
      size *= 2n;
    }
    cover.push({ address: { family, value: next }, length: bitsOf(family) - hostBits });
    next += size;
  }
  return cover;
}
