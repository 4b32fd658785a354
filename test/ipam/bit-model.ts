import type { Address, Family, AddressRange } from "../../src/ipam/address.js";
import type { Prefix } from "../../src/ipam/prefix.js";

/** A second reading of addresses, as strings of "0" and "1". Slow, and shares no code with the one under test. */
export type Bits = string;

const WIDTH = { 4: 32, 6: 128 } as const;

export function bitsOfAddress(address: Address): Bits {
  return address.value.toString(2).padStart(WIDTH[address.family], "0");
}

export function addressOfBits(bits: Bits): Address {
  return { family: bits.length === 32 ? 4 : 6, value: BigInt(`0b${bits}`) };
}

/** What `netip.ParseAddr` would read, zones left out. */
export function readAddress(text: string): Bits | undefined {
  return text.includes(":") ? readGroups(text) : readOctets(text);
}

/** What `netip.ParsePrefix` would read. */
export function readPrefix(text: string): { bits: Bits; length: number } | undefined {
  const parts = /^(.*)\/(0|[1-9][0-9]{0,3})$/su.exec(text);
  const bits = readAddress(parts?.[1] ?? "");
  const length = Number(parts?.[2]);
  return bits !== undefined && length <= bits.length ? { bits, length } : undefined;
}

/** RFC 5952 from its own sentences, and the mixed notation of section 5 for IPv4-mapped addresses. */
export function writeAddress(bits: Bits): string {
  if (bits.length === 32) return octetsOf(bits).join(".");
  if (bits.startsWith("0".repeat(80) + "1".repeat(16))) return `::ffff:${octetsOf(bits.slice(96)).join(".")}`;
  const groups = (bits.match(/.{16}/gu) ?? []).map((group) => parseInt(group, 2).toString(16));
  for (let length = 8; length >= 2; length--) {
    for (let start = 0; start + length <= 8; start++) {
      if (groups.slice(start, start + length).every((group) => group === "0")) {
        return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
      }
    }
  }
  return groups.join(":");
}

/** First and last address of a prefix. */
export function boundsOf(prefix: Prefix): { first: Bits; last: Bits } {
  const bits = bitsOfAddress(prefix.address);
  const network = bits.slice(0, prefix.length);
  return { first: network.padEnd(bits.length, "0"), last: network.padEnd(bits.length, "1") };
}

/** Whether two ranges share an address: bit strings of one width sort as numbers do. */
export function share(a: AddressRange, b: AddressRange): boolean {
  const [firstOfA, lastOfA, firstOfB, lastOfB] = [a.first, a.last, b.first, b.last].map(bitsOfAddress);
  return firstOfA?.length === firstOfB?.length && !(`${lastOfA}` < `${firstOfB}`) && !(`${lastOfB}` < `${firstOfA}`);
}

/** Every address of a short range. */
export function addressesOf(range: AddressRange): string[] {
  const all: string[] = [];
  for (let value = range.first.value; value <= range.last.value; value++) {
    all.push(`${range.first.family}:${value}`);
  }
  return all;
}

export function widthOf(family: Family): number {
  return WIDTH[family];
}

function readOctets(text: string): Bits | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/u.test(octet))) return undefined;
  if (octets.some((octet) => Number(octet) > 255)) return undefined;
  return octets.map((octet) => Number(octet).toString(2).padStart(8, "0")).join("");
}

function readGroups(text: string): Bits | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const read = halves.map((half, place) => (half === "" ? "" : readHalf(half, place === halves.length - 1)));
  const [left, right] = read;
  if (left === undefined) return undefined;
  if (halves.length === 1) return left.length === 128 ? left : undefined;
  if (right === undefined || left.length + right.length > 112) return undefined;
  return left + right.padStart(128 - left.length, "0");
}

function readHalf(half: string, atEnd: boolean): Bits | undefined {
  const parts = half.split(":");
  const read = parts.map((part, place) => {
    if (atEnd && place === parts.length - 1 && part.includes(".")) return readOctets(part);
    return /^[0-9a-f]{1,4}$/iu.test(part) ? parseInt(part, 16).toString(2).padStart(16, "0") : undefined;
  });
  return read.includes(undefined) ? undefined : read.join("");
}

function octetsOf(bits: Bits): number[] {
  return (bits.match(/.{8}/gu) ?? []).map((octet) => parseInt(octet, 2));
}
