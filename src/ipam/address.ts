import { explainIpv4, readIpv4, writeIpv4 } from "./ipv4-text.js";
import { presentIpv6 } from "./ipv6-presentation.js";
import { explainIpv6, readIpv6 } from "./ipv6-text.js";
import { type Result, failure, success } from "../kit/result.js";

/** The version of the Internet Protocol. */
export type Family = 4 | 6;

/** One IP address. `value` is 0 to 2^32 - 1 or 0 to 2^128 - 1; an IPv4-mapped IPv6 address has family 6. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** All addresses from `first` to `last`, both included: one family, and `first` is not above `last`. */
export interface AddressRange {
  readonly first: Address;
  readonly last: Address;
}

/** Why a text is no address: the part that is wrong, and a clause that says how. */
export interface AddressFault {
  readonly part: "address" | "zone";
  readonly reason: string;
}

const MAPPED_IPV4 = 0xffffn;

/**
 * Reads an IPv4 or IPv6 address as strictly as Go's `netip.ParseAddr`, which Compose and Docker use: no leading zeros
 * in an octet, no spaces. A zone (`fe80::1%eth0`) is refused as well, since no address field of Docker takes one.
 */
export function parseAddress(text: string): Result<Address, AddressFault> {
  if (text.includes(":")) {
    const value = readIpv6(text);
    if (value !== undefined) return success({ family: 6, value });
  } else {
    const value = readIpv4(text);
    if (value !== undefined) return success({ family: 4, value: BigInt(value) });
  }
  return failure(explainAddress(text));
}

/** Writes IPv4 dotted, and IPv6 as RFC 5952 says: `fd00::1`, and `::ffff:10.0.0.1` for an IPv4-mapped address. */
export function formatAddress(address: Address): string {
  if (address.family === 4) return writeIpv4(Number(address.value));
  if (isMappedIpv4(address)) return `::ffff:${writeIpv4(Number(address.value & 0xffffffffn))}`;
  return presentIpv6(address.value);
}

/** `::ffff:10.0.0.1`: an IPv4 address in the form of an IPv6 one. */
export function isMappedIpv4({ family, value }: Address): boolean {
  return family === 6 && value >> 32n === MAPPED_IPV4;
}

/** Orders addresses: IPv4 before IPv6, then by value. Negative, zero or positive, as `Array.sort` wants it. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.value === b.value) return 0;
  return a.value < b.value ? -1 : 1;
}

function explainAddress(text: string): AddressFault {
  if (text === "") return { part: "address", reason: "the address is missing" };

  const zone = text.indexOf("%");
  if (zone > 0 && parseAddress(text.slice(0, zone)).ok) {
    return { part: "zone", reason: `"${text.slice(zone)}" is a zone: Docker takes an address without one` };
  }
  const separator = /[.:]/u.exec(text)?.[0];
  if (separator === undefined) {
    return { part: "address", reason: `"${text}" is not a valid IP address, such as 10.0.0.1 or fd00::1` };
  }
  return { part: "address", reason: separator === "." ? explainIpv4(text) : explainIpv6(text) };
}
