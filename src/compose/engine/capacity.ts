import type { Address, Family } from "../../ipam/address.js";
import { bitsOf } from "../../ipam/prefix.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { Network } from "../project/network.js";
import type { Attachment } from "../project/service.js";
import { keptCount } from "./allocation.js";
import type { Verdict } from "./fault.js";
import { dynamicAddresses, type DynamicAddresses } from "./offer.js";
import { ALL_ENGINES, type Engines, type EngineSpan } from "./releases.js";
import { runningSets } from "./running.js";
import { StartOrder } from "./start-order.js";

/** What becomes of containers that find no address left. */
export const NO_ADDRESS_LEFT: Verdict = { effect: "refused", phase: "start", engines: ALL_ENGINES };

/** How many addresses a network can give to containers that ask for none in particular, and how many of those there are. */
export interface Room {
  readonly addresses: bigint;
  readonly containers: number;
  /** The services that those containers belong to. */
  readonly services: readonly string[];
  /** The releases that it is so on: whether the gateway takes an address depends on them. */
  readonly engines: Engines;
}

/**
 * The room on a network when it is tightest: with the services that always run, and those of the one profile that wants
 * most. The engine keeps the network address, the broadcast address and, where the network has one, the gateway; with
 * an `ip_range` it gives out addresses of that range only. A service whose end others wait for gives its address back.
 */
export function tightestRoom(
  network: Network,
  subnets: readonly ExplicitSubnet[],
  order: StartOrder = new StartOrder(),
  span?: EngineSpan,
): Room {
  const family = subnets[0]?.prefix.address.family ?? 4;
  const sets = runningSets(network.attachments);
  const rooms = dynamicAddresses(network, family, subnets, span).flatMap((offer) =>
    sets.map((running) => roomFor(offer, family, running, order)),
  );
  return rooms.reduce((tightest, room) => (spareIn(room) < spareIn(tightest) ? room : tightest));
}

/** Negative when containers go without an address. */
export function spareIn({ addresses, containers }: Room): bigint {
  return addresses - BigInt(containers);
}

function roomFor(offer: DynamicAddresses, family: Family, running: readonly Attachment[], order: StartOrder): Room {
  const settled = new Set<Address["value"]>();
  const dynamic: Attachment[] = [];
  for (const attachment of running) {
    if (order.ends(attachment.service)) continue;
    const own = attachment.addresses.find((address) => address.family === family);
    if (!own) dynamic.push(attachment);
    else if (own.address.kind === "known") settled.add(own.address.value.value);
  }
  const taken = [...settled].filter((address) => offer.isFree(address)).length;
  const free = offer.size - BigInt(taken);
  return {
    addresses: free < 0n ? 0n : free,
    containers: dynamic.reduce((sum, attachment) => sum + attachment.running.copies, 0),
    services: dynamic.map(({ service }) => service),
    engines: offer.engines,
  };
}

/** The longest prefix that has room for so many containers beside the addresses that the engine keeps. */
export function lengthFor(containers: number, family: Family): number {
  const kept = keptCount(family);
  let hostBits = 2;
  while (2 ** hostBits < containers + kept) hostBits += 1;
  return bitsOf(family) - hostBits;
}
