import { parseAddress, type Address } from "./address.js";
import { bitsOf, formatPrefix, maskPrefix, parsePrefix, type Prefix } from "./prefix.js";
import { parseRange, prefixOf } from "./range.js";

/** What a text that is no prefix most likely means, and whether it can mean nothing else. */
export interface MeantPrefix {
  readonly text: string;
  readonly certain: boolean;
}

/** `10.7.0.0`, `10.7.0.0/33` → `10.7.0.0/24`; `10.7.0.0/255.255.0.0` → `10.7.0.0/16`. */
export function meantPrefix(written: string): MeantPrefix | undefined {
  const trimmed = written.replace(/\s+/gu, "");
  if (parsePrefix(trimmed).ok) return { text: trimmed, certain: true };
  const range = parseRange(trimmed);
  const exact = range.ok ? prefixOf(range.value) : undefined;
  if (exact) return { text: formatPrefix(exact), certain: true };

  const [head = "", tail = ""] = trimmed.split("/", 2);
  const address = parseAddress(withoutLeadingZeros(head));
  if (!address.ok) return undefined;
  const mask = parseAddress(tail);
  const masked = mask.ok ? lengthOfMask(mask.value) : undefined;
  if (masked !== undefined && mask.ok && mask.value.family === address.value.family) {
    return {
      text: formatPrefix({ address: address.value, length: masked }),
      certain: head === withoutLeadingZeros(head),
    };
  }
  const length = /^0*\d{1,3}$/u.test(tail) ? Number(tail) : Infinity;
  const known = length <= bitsOf(address.value.family) ? length : usualLength(address.value);
  return { text: formatPrefix(maskPrefix({ address: address.value, length: known })), certain: false };
}

/** The address in a text that is a prefix: what somebody wrote who took `10.7.0.1/24` for an address. */
export function addressOfPrefix(written: string): Address | undefined {
  const prefix = parsePrefix(written);
  return prefix.ok ? prefix.value.address : undefined;
}

/** The subnet that has the same network address without host bits, by a longer prefix: `10.7.0.0/16` of `10.7.0.0/12`. */
export function longerPrefix({ address }: Prefix): Prefix | undefined {
  const bits = bitsOf(address.family);
  const step = address.family === 4 ? 8 : 16;
  const zeros = trailingZeros(address.value, bits);
  const shortest = bits - zeros;
  const even = Math.ceil(shortest / step) * step;
  const length = even < bits ? even : shortest;
  return length <= bits - 2 ? { address, length } : undefined;
}

function withoutLeadingZeros(address: string): string {
  return address.includes(":") ? address : address.replace(/\b0+(?=\d)/gu, "");
}

function usualLength({ family }: Address): number {
  return family === 4 ? 24 : 64;
}

/** `255.255.255.0` → 24; undefined for what is no mask. */
function lengthOfMask({ family, value }: Address): number | undefined {
  const bits = bitsOf(family);
  const hosts = trailingZeros(value, bits);
  return (value >> BigInt(hosts)) + 1n === 1n << BigInt(bits - hosts) && value !== 0n ? bits - hosts : undefined;
}

function trailingZeros(value: bigint, bits: number): number {
  let zeros = 0;
  while (zeros < bits && ((value >> BigInt(zeros)) & 1n) === 0n) zeros += 1;
  return zeros;
}
