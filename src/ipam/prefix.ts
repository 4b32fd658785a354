import { type Address, type Family, formatAddress, parseAddress, type AddressRange } from "./address.js";
import { type Result, failure, success } from "../kit/result.js";

/** An address with a prefix length, as written: bits behind the prefix may be set. `length` is 0 to 32 or 0 to 128. */
export interface Prefix {
  readonly address: Address;
  readonly length: number;
}

/** Why a text is no prefix: the part that is wrong, and a clause that says how. */
export interface PrefixFault {
  readonly part: "slash" | "address" | "zone" | "length";
  readonly reason: string;
}

/** Host masks by the number of host bits: making one anew costs more than reading a whole IPv4 prefix. */
const HOST_MASKS: readonly bigint[] = Array.from({ length: 129 }, (_, bits) => (1n << BigInt(bits)) - 1n);

/**
 * Reads `address/length` as strictly as Go's `netip.ParsePrefix`, which Compose and Docker use: no leading zero, sign or
 * space in the length, no zone. `::ffff:10.0.0.0/104` is an IPv6 prefix.
 */
export function parsePrefix(text: string): Result<Prefix, PrefixFault> {
  const slash = text.lastIndexOf("/");
  if (slash < 0) {
    return failure({ part: "slash", reason: "it has no prefix length: a subnet is written like 10.0.0.0/24" });
  }
  const address = parseAddress(text.slice(0, slash));
  if (!address.ok) return address;

  const length = readLength(text, slash + 1);
  if (length > bitsOf(address.value.family)) {
    return failure({ part: "length", reason: explainLength(text.slice(slash + 1), address.value.family) });
  }
  return success({ address: address.value, length });
}

/** Writes `address/length`, with the address as it is. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.length}`;
}

/** The same prefix with all host bits cleared, so that its address is the network address. */
export function maskPrefix(prefix: Prefix): Prefix {
  const { family, value } = prefix.address;
  return { address: { family, value: value - (value & hostMask(prefix)) }, length: prefix.length };
}

/** Whether bits behind the prefix are set, as in `10.1.2.3/24`. */
export function hasHostBits(prefix: Prefix): boolean {
  return (prefix.address.value & hostMask(prefix)) !== 0n;
}

/** Whether it is `0.0.0.0/n` or `::/n`, which Docker Engine 29 reads as "choose a subnet for me". */
export function isUnspecified(prefix: Prefix): boolean {
  return prefix.address.value === 0n;
}

/** The first and last address of the masked prefix. */
export function rangeOf(prefix: Prefix): AddressRange {
  const { family, value } = prefix.address;
  const mask = hostMask(prefix);
  return { first: { family, value: value - (value & mask) }, last: { family, value: value | mask } };
}

/** Whether every address of `inner` is also in `outer`. Prefixes of different families never contain each other. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  if (outer.address.family !== inner.address.family || outer.length > inner.length) return false;
  return ((outer.address.value ^ inner.address.value) | hostMask(outer)) === hostMask(outer);
}

/** Whether an address lies in the prefix. */
export function containsAddress(outer: Prefix, address: Address): boolean {
  return containsPrefix(outer, { address, length: bitsOf(address.family) });
}

/** The number of bits of an address, which is also the greatest prefix length. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

function hostMask(prefix: Prefix): bigint {
  return HOST_MASKS[bitsOf(prefix.address.family) - prefix.length] ?? 0n;
}

/** The decimal number from `start` to the end of the text, `Infinity` where it is no canonical one. */
function readLength(text: string, start: number): number {
  if (start === text.length) return Infinity;
  let length = 0;
  for (let index = start; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9 || (index > start && length === 0)) return Infinity;
    length = length * 10 + digit;
  }
  return length;
}

function explainLength(text: string, family: Family): string {
  const span = `an IPv${family} prefix length is 0 to ${bitsOf(family)}`;
  if (text === "") return `nothing follows the slash: ${span}`;
  if (/^0\d+$/u.test(text)) return `"${text}" has a leading zero: ${span}`;
  if (/^\d+$/u.test(text)) return `"${text}" is out of range: ${span}`;
  return `"${text}" is not a valid prefix length: ${span}`;
}
