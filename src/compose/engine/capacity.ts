import type { Address, AddressRange, Family } from "../../ipam/address.js";
import { bitsOf, rangeOf } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { valueOf } from "../project/field.js";
import type { Network } from "../project/network.js";
import type { Attachment } from "../project/service.js";
import { keptAddresses, keptCount } from "./allocation.js";
import { choosingGateway } from "./gateways.js";
import { addressesIn } from "./pool-faults.js";
import type { Verdict } from "./fault.js";
import { ALL_ENGINES, CURRENT_ENGINES, includesAll } from "./releases.js";

/** What becomes of containers that find no address left. */
export const NO_ADDRESS_LEFT: Verdict = { effect: "refused", phase: "start", engines: ALL_ENGINES };

/** How many addresses a network can give to containers that ask for none in particular, and how many of those there are. */
export interface Room {
  readonly addresses: bigint;
  readonly containers: number;
  /** The services that those containers belong to. */
  readonly services: readonly string[];
}

/**
 * The room on a network when it is tightest: with the services that always run, and those of the one profile that wants
 * most. The engine keeps the network address, the broadcast address and, where the network has one, the gateway; with
 * an `ip_range` it gives out addresses of that range only.
 */
export function tightestRoom(network: Network, subnets: readonly ExplicitSubnet[]): Room {
  const { attachments } = network;
  const profiles = new Set(attachments.flatMap(profilesOf));
  const rooms = [undefined, ...profiles].map((profile) =>
    roomFor(
      network,
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

function roomFor(network: Network, subnets: readonly ExplicitSubnet[], running: readonly Attachment[]): Room {
  const family = subnets[0]?.prefix.address.family ?? 4;
  const settled: Address[] = [];
  const dynamic: Attachment[] = [];
  for (const attachment of running) {
    const own = attachment.addresses.find((address) => address.family === family);
    if (!own) dynamic.push(attachment);
    else if (own.address.kind === "known") settled.push(own.address.value);
  }
  return {
    addresses: subnets.reduce((sum, subnet) => sum + freeIn(network, subnet, settled), 0n),
    containers: dynamic.reduce((sum, attachment) => sum + attachment.running.copies, 0),
    services: dynamic.filter((attachment) => attachment.running.copies > 0).map(({ service }) => service),
  };
}

function freeIn(network: Network, subnet: ExplicitSubnet, settled: readonly Address[]): bigint {
  const { prefix, pool } = subnet;
  const { family } = prefix.address;
  const range = dynamicRangeOf(subnet);
  const kept = [
    ...settled,
    ...addressesIn(pool).flatMap(({ field }) => valueOf(field) ?? []),
    ...keptAddresses(prefix).map(({ address }) => address),
  ];
  const taken = new Set(kept.filter((address) => rangeContains(range, address)).map(({ value }) => value));
  const size = range.last.value - range.first.value + 1n;
  // Without a gateway of its own the network takes the first address that is free.
  const takesOne = pool.gateway.kind === "absent" && includesAll(choosingGateway(network, family), CURRENT_ENGINES);
  const free = size - BigInt(taken.size) - (takesOne ? 1n : 0n);
  return free < 0n ? 0n : free;
}

/** The addresses that the engine chooses from. */
function dynamicRangeOf({ prefix, pool }: ExplicitSubnet): AddressRange {
  const whole = rangeOf(prefix);
  const written = valueOf(pool.ipRange);
  const range = written ? rangeOf(written) : whole;
  return rangeContains(whole, range) ? range : whole;
}

/** The longest prefix that has room for so many containers beside the addresses that the engine keeps. */
export function lengthFor(containers: number, family: Family): number {
  const kept = keptCount(family);
  let hostBits = 2;
  while (2 ** hostBits < containers + kept) hostBits += 1;
  return bitsOf(family) - hostBits;
}
