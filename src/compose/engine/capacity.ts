import { parseAddress, type Family, type AddressRange } from "../../ipam/address.js";
import { bitsOf, parsePrefix, rangeOf } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { Network } from "../project/network.js";
import type { Attachment } from "../project/service.js";
import { asMap, child, type Value } from "../read/value.js";
import { textIn } from "../read/written.js";

/** How many addresses a network can give to containers that ask for none in particular, and how many of those there are. */
export interface Room {
  readonly addresses: bigint;
  readonly containers: number;
  /** The services that those containers belong to. */
  readonly services: readonly string[];
}

/**
 * The room on a network when it is tightest: with the services that always run, and those of the one profile that wants
 * most. The engine keeps the network address, the broadcast address and the gateway; with an `ip_range` it gives out
 * addresses of that range only.
 */
export function tightestRoom(network: Network, subnets: readonly ExplicitSubnet[]): Room {
  const { attachments } = network;
  const profiles = new Set(attachments.flatMap(profilesOf));
  const rooms = [undefined, ...profiles].map((profile) =>
    roomFor(
      subnets,
      attachments.filter((attachment) => {
        const own = profilesOf(attachment);
        return own.length === 0 || (profile !== undefined && own.includes(profile));
      }),
    ),
  );
  return rooms.reduce((tightest, room) => (spareIn(room) < spareIn(tightest) ? room : tightest));
}

/** A profile that can't be told is one as well: the service does not always run. */
function profilesOf({ running: { profiles } }: Attachment): readonly string[] {
  return profiles === "unknown" ? [""] : (profiles ?? []);
}

/** Negative when containers go without an address. */
export function spareIn({ addresses, containers }: Room): bigint {
  return addresses - BigInt(containers);
}

function roomFor(subnets: readonly ExplicitSubnet[], running: readonly Attachment[]): Room {
  const family = subnets[0]?.prefix.address.family ?? 4;
  const field = family === 4 ? "ipv4_address" : "ipv6_address";
  const settled: bigint[] = [];
  const dynamic: Attachment[] = [];
  for (const attachment of running) {
    const own = attachment.addresses.find((address) => address.field === field);
    if (!own) dynamic.push(attachment);
    else if (own.text.known) settled.push(...valuesOf(own.text.text, family));
  }
  return {
    addresses: subnets.reduce((sum, subnet) => sum + freeIn(subnet, settled), 0n),
    containers: dynamic.reduce((sum, attachment) => sum + attachment.running.copies, 0),
    services: dynamic.filter((attachment) => attachment.running.copies > 0).map(({ service }) => service),
  };
}

function freeIn(subnet: ExplicitSubnet, settled: readonly bigint[]): bigint {
  const { prefix, pool } = subnet;
  const { family } = prefix.address;
  const { first, last } = rangeOf(prefix);
  const range = dynamicRangeOf(subnet);
  const kept = new Set([...settled, ...keptAside(pool.value, family)]);
  if (family === 6 || prefix.length < 31) kept.add(first.value);
  if (family === 4 && prefix.length < 31) kept.add(last.value);
  const taken = [...kept].filter((value) => rangeContains(range, { family, value }));
  const size = range.last.value - range.first.value + 1n;
  // Without a gateway of its own the network takes the first address that is free.
  const gateway = child(pool.value, "gateway") ? 0n : 1n;
  const free = size - BigInt(taken.length) - gateway;
  return free < 0n ? 0n : free;
}

/** The addresses that the engine chooses from. */
function dynamicRangeOf({ prefix, pool }: ExplicitSubnet): AddressRange {
  const whole = rangeOf(prefix);
  const written = textIn(child(pool.value, "ip_range"));
  const parsed = written === undefined ? undefined : parsePrefix(written);
  const range = parsed?.ok === true ? rangeOf(parsed.value) : whole;
  return rangeContains(whole, range) ? range : whole;
}

function keptAside(pool: Value | undefined, family: Family): bigint[] {
  const auxiliary = [...(asMap(child(pool, "aux_addresses"))?.entries.values() ?? [])].map(({ value }) => value);
  return [child(pool, "gateway"), ...auxiliary].flatMap((value) => valuesOf(textIn(value) ?? "", family));
}

function valuesOf(text: string, family: Family): bigint[] {
  const address = parseAddress(text);
  return address.ok && address.value.family === family ? [address.value.value] : [];
}

/** The network address, the gateway and, in IPv4, the broadcast address. */
export const KEPT_BY_THE_ENGINE = { 4: 3, 6: 2 } as const;

/** The longest prefix that has room for so many containers beside the addresses that the engine keeps. */
export function lengthFor(containers: number, family: Family): number {
  const kept = KEPT_BY_THE_ENGINE[family];
  let hostBits = 2;
  while (2 ** hostBits < containers + kept) hostBits += 1;
  return bitsOf(family) - hostBits;
}
