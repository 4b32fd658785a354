import type { Address } from "./address.js";
import { bitsOf, containsPrefix, type Prefix, parsePrefix, rangeOf } from "./prefix.js";
import { rangesOverlap } from "./range.js";
import { RangeSet } from "./range-set.js";

/** What addresses are set aside for. */
export type Purpose =
  | "private"
  | "carrier-grade NAT"
  | "documentation"
  | "benchmarking"
  | "loopback"
  | "link-local"
  | "multicast"
  | "protocol"
  | "reserved";

/** An entry of the registries. */
export interface SpecialBlock {
  readonly prefix: Prefix;
  readonly purpose: Purpose;
  /** The document that sets it aside. */
  readonly source: string;
}

/*
 * The blocks of the IANA IPv4 and IPv6 Special-Purpose Address Registries and, for multicast, of the address space
 * registries; as of 2025-10-09. Blocks inside another one with the same purpose are left out.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const REGISTRIES: readonly (readonly [cidr: string, purpose: Purpose, source: string])[] = [
  ["0.0.0.0/8", "protocol", "RFC 791"],
  ["10.0.0.0/8", "private", "RFC 1918"],
  ["100.64.0.0/10", "carrier-grade NAT", "RFC 6598"],
  ["127.0.0.0/8", "loopback", "RFC 1122"],
  ["169.254.0.0/16", "link-local", "RFC 3927"],
  ["172.16.0.0/12", "private", "RFC 1918"],
  ["192.0.0.0/24", "protocol", "RFC 6890"],
  ["192.0.2.0/24", "documentation", "RFC 5737"],
  ["192.31.196.0/24", "protocol", "RFC 7535"],
  ["192.52.193.0/24", "protocol", "RFC 7450"],
  ["192.88.99.0/24", "protocol", "RFC 7526"],
  ["192.168.0.0/16", "private", "RFC 1918"],
  ["192.175.48.0/24", "protocol", "RFC 7534"],
  ["198.18.0.0/15", "benchmarking", "RFC 2544"],
  ["198.51.100.0/24", "documentation", "RFC 5737"],
  ["203.0.113.0/24", "documentation", "RFC 5737"],
  ["224.0.0.0/4", "multicast", "RFC 5771"],
  ["240.0.0.0/4", "reserved", "RFC 1112"],
  ["::/128", "protocol", "RFC 4291"],
  ["::1/128", "loopback", "RFC 4291"],
  ["::ffff:0:0/96", "protocol", "RFC 4291"],
  ["64:ff9b::/96", "protocol", "RFC 6052"],
  ["64:ff9b:1::/48", "protocol", "RFC 8215"],
  ["100::/64", "protocol", "RFC 6666"],
  ["100:0:0:1::/64", "protocol", "RFC 9780"],
  ["2001::/23", "protocol", "RFC 2928"],
  ["2001:2::/48", "benchmarking", "RFC 5180"],
  ["2001:db8::/32", "documentation", "RFC 3849"],
  ["2002::/16", "protocol", "RFC 3056"],
  ["2620:4f:8000::/48", "protocol", "RFC 7534"],
  ["3fff::/20", "documentation", "RFC 9637"],
  ["5f00::/16", "protocol", "RFC 9602"],
  ["fc00::/7", "private", "RFC 4193"],
  ["fe80::/10", "link-local", "RFC 4291"],
  ["ff00::/8", "multicast", "RFC 4291"],
];

const SPECIAL_BLOCKS: readonly SpecialBlock[] = REGISTRIES.flatMap(([cidr, purpose, source]) => {
  const prefix = parsePrefix(cidr);
  return prefix.ok ? [{ prefix: prefix.value, purpose, source }] : [];
});

const registered = new RangeSet(SPECIAL_BLOCKS.map((value) => ({ range: rangeOf(value.prefix), value })));

/** The part of `fe80::/10` that every interface has an address of. */
const ON_EVERY_INTERFACE: Prefix = { address: { family: 6, value: 0xfe80n << 112n }, length: 64 };

/** Why no bridge can have an IPv6 prefix; undefined for one that it can. IPv4 knows no such prefix. */
export function whyNotOnBridge(prefix: Prefix): "link-local" | "multicast" | undefined {
  if (prefix.address.family === 4) return undefined;
  const isOwn = prefix.length === ON_EVERY_INTERFACE.length;
  if (rangesOverlap(rangeOf(ON_EVERY_INTERFACE), rangeOf(prefix)) && !isOwn) return "link-local";
  return specialBlocksIn(prefix).some(({ purpose }) => purpose === "multicast") ? "multicast" : undefined;
}

/** The blocks that share an address with a prefix. One that lies in another stands behind it. */
export function specialBlocksIn(prefix: Prefix): SpecialBlock[] {
  return registered.overlapping(rangeOf(prefix));
}

/** Whether only the host itself reaches an address. */
export function isLoopback(address: Address): boolean {
  return specialBlocksIn({ address, length: bitsOf(address.family) }).some(({ purpose }) => purpose === "loopback");
}

/** Whether networks may lie somewhere, and whose space it is otherwise. */
export type Space =
  | { readonly isFine: true }
  /** Without a block it is somebody's part of the Internet. */
  | { readonly isFine: false; readonly relation: "lies in" | "reaches into"; readonly block?: SpecialBlock };

/** IPv6 prefixes of the Internet are delegated to whoever runs a network, so one of them may well be its user's own. */
export function spaceOf(prefix: Prefix): Space {
  const touched = specialBlocksIn(prefix);
  const around = touched.findLast((block) => containsPrefix(block.prefix, prefix));
  if (around) {
    return around.purpose === "private" ? { isFine: true } : { isFine: false, relation: "lies in", block: around };
  }
  if (prefix.address.family === 4) return { isFine: false, relation: touched.length > 0 ? "reaches into" : "lies in" };
  const block = touched.find(({ purpose }) => purpose !== "private");
  return block ? { isFine: false, relation: "reaches into", block } : { isFine: true };
}
