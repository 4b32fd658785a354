import { formatAddress, type Address } from "../../ipam/address.js";
import { maskPrefix, rangeOf } from "../../ipam/prefix.js";
import { valueOf } from "../project/field.js";
import { familyOfPool, kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { faultOfField, type NetworkFault } from "./network-fault.js";
import { usesOwnAllocator } from "./network-faults.js";
import { addressesIn } from "./pool-faults.js";
import { since, until } from "./profile.js";
import { isMade } from "./running.js";

/**
 * Pools of a network on a LAN that name no router. Older engines take the first address for it, which is often right;
 * newer ones set no default route, and give the first address away. A container with a route by another network and an
 * address of its own loses nothing.
 */
export function faultsOfLanGateways(network: Network): NetworkFault[] {
  if (network.existence.kind === "external" || !usesOwnAllocator(network)) return [];
  const made = network.attachments.filter(({ running }) => isMade(running));
  return network.pools.flatMap((pool): NetworkFault[] => {
    const { subnet } = pool;
    const family = familyOfPool(pool);
    if (subnet.kind !== "known" || kindOfPool(pool) !== "explicit" || family === undefined) return [];
    if (pool.gateway.kind !== "absent" || network.switches[`ipv${family}`] !== true) return [];
    if (choosingGateway(network, family).before !== until("lansWithoutGateway").before) return [];
    const losesRoute = made.some(({ isOnly }) => isOnly);
    const isGiven = made.some(({ addresses }) => !addresses.some((address) => address.family === family));
    const likely = likelyRouter(network, pool);
    if (!losesRoute && !(isGiven && likely)) return [];
    const first =
      likely && isGiven ? `may give ${formatAddress(likely)} to a container, which is often the router's` : "";
    const route = losesRoute ? "sets no default route in its containers" : "";
    const effects = [route, first].filter(Boolean).join(", and ");
    const values = { effects, gateway: likely ? formatAddress(likely) : "" };
    return [faultOfField("noLanGateway", { role: "subnet", field: subnet }, since("lansWithoutGateway"), values)];
  });
}

/** The address that older engines take for the router's: the first one, where it is free and no range moves it. */
function likelyRouter(network: Network, pool: IpamPool): Address | undefined {
  const written = valueOf(pool.subnet);
  if (!written) return undefined;
  const subnet = maskPrefix(written);
  const chosen = chosenGateway(pool, subnet);
  if (typeof chosen !== "object" || chosen.value > rangeOf(subnet).first.value + 1n) return undefined;
  return isHeld(network, pool, chosen) ? undefined : chosen;
}

/** Whether an address is in use on the network, or may be. */
export function isHeld({ attachments }: Network, pool: IpamPool, { value }: Address): boolean {
  const fields = [
    ...addressesIn(pool).map(({ field }) => field),
    ...attachments.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
  ];
  return fields.some((field) => field.kind !== "known" || field.value.value === value);
}
