import { containedEntries } from "../ipam/containment.js";
import { parsePrefix, rangeOf } from "../ipam/prefix.js";
import { formatRange, rangeContains } from "../ipam/range.js";
import type { FoundNetwork } from "./importer.js";
import { readWritten } from "./written-network.js";
import type { AddressRange } from "../ipam/address.js";

/** What is worth forbidding of what was found, and what is not. */
export interface Sifted {
  readonly kept: readonly KeptNetwork[];
  readonly dropped: readonly DroppedNetwork[];
}

export interface KeptNetwork {
  readonly range: AddressRange;
  readonly name: string | undefined;
  readonly source: string;
}

export interface DroppedNetwork {
  /** Undefined for what is no network: it is not shown, since it may be anything. */
  readonly range: AddressRange | undefined;
  readonly source: string;
  readonly why: string;
}

/** Sets of addresses that are nobody's network. */
const NO_NETWORK: readonly (readonly [why: string, ...blocks: readonly AddressRange[]])[] = [
  ["loopback", block("127.0.0.0/8"), block("::1/128")],
  ["link-local", block("169.254.0.0/16"), block("fe80::/10")],
  ["multicast", block("224.0.0.0/4"), block("ff00::/8")],
  ["reserved or broadcast", block("240.0.0.0/4"), block("0.0.0.0/8")],
];

/** What stands in for a default route that shall win over the one that is there: halves, and OpenVPN's parts of IPv6. */
const WHOLE = ["0.0.0.0/0", "::/0"].map(block);
const PARTS = ["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1", "::/3", "2000::/3", "2000::/4", "3000::/4"].map(block);

/** docker0, the bridges of networks without a name of their own, and the one of swarms. */
const DOCKER_BRIDGE = /^(?:docker0|br-[\da-f]{12}|docker_gwbridge|veth[\da-f]+)$/;

export function sift(networks: readonly FoundNetwork[]): Sifted {
  const dropped: DroppedNetwork[] = [];
  const entries: { range: AddressRange; value: FoundNetwork }[] = [];
  for (const value of networks) {
    const range = readWritten(value.written);
    const why = range ? reasonAgainst(range, value) : "not a network";
    if (range && why === undefined) entries.push({ range, value });
    else dropped.push({ range, source: value.source, why: why ?? "" });
  }
  const contained = containedEntries(entries);
  const kept: KeptNetwork[] = [];
  for (const entry of entries) {
    const { range, value } = entry;
    const outer = contained.get(entry);
    if (!outer) kept.push({ range, name: value.name, source: value.source });
    else {
      const why = rangeContains(range, outer.range) ? "listed twice" : `part of ${formatRange(outer.range)}`;
      dropped.push({ range, source: value.source, why });
    }
  }
  return { kept, dropped };
}

function reasonAgainst(range: AddressRange, { device, dropped, handwritten }: FoundNetwork): string | undefined {
  if (WHOLE.some((whole) => isSame(whole, range))) return "a default route";
  if (PARTS.some((part) => isSame(part, range))) return "a part of a default route, which a full tunnel writes";
  const [nowhere] = NO_NETWORK.find(([, ...blocks]) => blocks.some((outer) => rangeContains(outer, range))) ?? [];
  if (nowhere !== undefined) return nowhere;
  if (device !== undefined && DOCKER_BRIDGE.test(device)) return "Docker's own bridge";
  if (dropped !== undefined) return dropped;
  return range.first.value === range.last.value && handwritten !== true ? "a single host" : undefined;
}

function isSame(a: AddressRange, b: AddressRange): boolean {
  return rangeContains(a, b) && rangeContains(b, a);
}

function block(text: string): AddressRange {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new TypeError(text);
  return rangeOf(prefix.value);
}
