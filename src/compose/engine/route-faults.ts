import { LOOPBACK, MAPPED, MULTICAST } from "../../ipam/known-blocks.js";
import { isUnspecified, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { specialBlocksIn } from "../../ipam/special-purpose.js";
import type { Address } from "../../ipam/address.js";
import { driverOption } from "../project/driver-option.js";
import { valueOf } from "../project/field.js";
import { kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { faultOfField, type NetworkFault } from "./network-fault.js";
import { since, until } from "./profile.js";
import { ALL_ENGINES, both, type Engines } from "./releases.js";
import { isMade } from "./running.js";

const BEFORE_SIZES = until("emptyMeansAutomatic");
const WITH_ADDRESS_TYPES = since("addressTypes");

/**
 * Subnets that engines create, and on which no container starts: Linux takes their gateway for none (tried on 28.5.2). A
 * container with other networks may have its gateway there, and a network that is cut off has none.
 */
export function faultsOfRoutes(network: Network): NetworkFault[] {
  const hasOnly = network.attachments.some(({ isOnly, running }) => isOnly && isMade(running));
  return network.pools.flatMap((pool): NetworkFault[] => {
    const { subnet } = pool;
    if (subnet.kind !== "known") return [];
    const found = faultOf(network, pool, subnet.value, hasOnly);
    if (!found) return [];
    const { engines, reason } = found;
    return [faultOfField("unstartable", { role: "subnet", field: subnet }, engines, { reason })];
  });
}

interface Found {
  readonly engines: Engines;
  readonly reason: string;
}

function faultOf(network: Network, pool: IpamPool, subnet: Prefix, hasOnly: boolean): Found | undefined {
  const { family } = subnet.address;
  if (network.switches[`ipv${family}`] !== true) return undefined;
  if (family === 6) return onIpv6(network, subnet);
  if (isUnspecified(subnet) && subnet.length === 32) return onlyForGateway(network);
  if (!hasOnly || !setsGateway(network)) return undefined;
  if (isUnspecified(subnet)) {
    // Of two addresses, the gateway has the one that stands for none.
    if (subnet.length === 0 || subnet.length > 30) return undefined;
    // Shorter ones are refused as a size, too.
    const engines = subnet.length < 8 ? ALL_ENGINES : BEFORE_SIZES;
    return { engines, reason: "its first address is the unspecified one, so there is no route to the gateway" };
  }
  if (kindOfPool(pool) !== "explicit") return undefined;
  const chosen = valueOf(pool.gateway) ?? chosenGateway(pool, subnet);
  if (typeof chosen !== "object") return undefined;
  if (rangeContains(MULTICAST, chosen)) {
    return { engines: ALL_ENGINES, reason: "its addresses are multicast ones, so there is no route to the gateway" };
  }
  const isLocal = rangeContains(LOOPBACK, chosen) && subnet.length > 8 && !isLocalhost(chosen);
  return isLocal
    ? { engines: ALL_ENGINES, reason: "its addresses are those of the loopback interface, the gateway's too" }
    : undefined;
}

function onlyForGateway(network: Network): Found | undefined {
  const engines = both(choosingGateway(network, 4), BEFORE_SIZES);
  if (!engines || !network.attachments.some(({ running }) => isMade(running))) return undefined;
  return { engines, reason: "its only address is the gateway's" };
}

function onIpv6({ driver }: Network, subnet: Prefix): Found | undefined {
  const blocks = specialBlocksIn(subnet);
  if (driver !== "bridge" && blocks.some(({ purpose }) => purpose === "multicast")) {
    return { engines: ALL_ENGINES, reason: "its addresses are multicast ones" };
  }
  return subnet.length >= 96 && rangeContains(MAPPED, subnet.address)
    ? { engines: WITH_ADDRESS_TYPES, reason: "its addresses are IPv4 ones in IPv6 form" }
    : undefined;
}

/** Whether containers get a default route by the network. */
function setsGateway({ driver, driverOptions, internal }: Network): boolean {
  if (internal !== false) return false;
  if (driver === "bridge") return true;
  const isRouted = driver === "ipvlan" && (driverOption(driverOptions, "ipvlan_mode") ?? "").startsWith("l3");
  return (
    (driver === "macvlan" || driver === "ipvlan") && !isRouted && (driverOption(driverOptions, "parent") ?? "") !== ""
  );
}

function isLocalhost({ value }: Address): boolean {
  return value === 0x7f00_0001n;
}
