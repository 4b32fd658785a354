import { parseAddress, type Family } from "../ipam/address.js";
import { bitsOf, parsePrefix, rangeOf } from "../ipam/prefix.js";
import { rangeContains, type AddressRange } from "../ipam/range.js";
import type { ExplicitSubnet } from "./addressing.js";
import type { Network } from "./network.js";
import type { Service } from "./service.js";
import { asMap, child, type Value } from "./value.js";
import { textIn } from "./written.js";

/** How many addresses a network can give to containers that ask for none in particular, and how many of those there are. */
export interface Room {
  readonly addresses: bigint;
  readonly containers: number;
  /** How many addresses somebody asks for by name: static and auxiliary ones. */
  readonly asked: number;
  /** The services that those containers belong to. */
  readonly services: readonly string[];
}

/**
 * The room on a network when it is tightest: with the services that always run, and those of the one profile that wants
 * most. The engine keeps the network address, the broadcast address and the gateway; with an `ip_range` it gives out
 * addresses of that range only.
 */
export function tightestRoom(network: Network, subnets: readonly ExplicitSubnet[], services: readonly Service[]): Room {
  const profiles = new Set(services.flatMap((service) => service.profiles));
  const rooms = [undefined, ...profiles].map((profile) =>
    roomFor(
      network,
      subnets,
      services.filter(({ profiles: own }) => own.length === 0 || (profile !== undefined && own.includes(profile))),
    ),
  );
  return rooms.reduce((tightest, room) => (spareIn(room) < spareIn(tightest) ? room : tightest));
}

/** Negative when containers go without an address. */
export function spareIn({ addresses, containers }: Room): bigint {
  return addresses - BigInt(containers);
}

function roomFor(network: Network, subnets: readonly ExplicitSubnet[], running: readonly Service[]): Room {
  const family = subnets[0]?.prefix.address.family ?? 4;
  const field = family === 4 ? "ipv4_address" : "ipv6_address";
  const ofNetwork = running.map((service) => ({
    service,
    attachment: service.attachments.find((attachment) => attachment.network === network.key),
  }));
  const settled: bigint[] = [];
  const services: Service[] = [];
  for (const { service, attachment } of ofNetwork) {
    if (!attachment) continue;
    const own = attachment.addresses.find((address) => address.field === field);
    if (!own) services.push(service);
    else if (own.text.known) settled.push(...valuesOf(own.text.text, family));
  }
  return {
    addresses: subnets.reduce((sum, subnet) => sum + freeIn(subnet, settled), 0n),
    containers: services.reduce((sum, { containers }) => sum + containers, 0),
    asked: settled.length + subnets.reduce((sum, { pool }) => sum + auxiliaryOf(pool.value, family).length, 0),
    services: services.filter(({ containers }) => containers > 0).map(({ name }) => name),
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
  return [...valuesOf(textIn(child(pool, "gateway")) ?? "", family), ...auxiliaryOf(pool, family)];
}

function auxiliaryOf(pool: Value | undefined, family: Family): bigint[] {
  const entries = asMap(child(pool, "aux_addresses"))?.entries.values() ?? [];
  return [...entries].flatMap(({ value }) => valuesOf(textIn(value) ?? "", family));
}

function valuesOf(text: string, family: Family): bigint[] {
  const address = parseAddress(text);
  return address.ok && address.value.family === family ? [address.value.value] : [];
}

/** The longest prefix that has room for everybody beside the addresses that the engine keeps. */
export function lengthFor({ containers, asked }: Room, family: Family): number {
  const kept = family === 4 ? 3 : 2;
  let hostBits = 2;
  while (2 ** hostBits < containers + asked + kept) hostBits += 1;
  return bitsOf(family) - hostBits;
}
