import { rangeOf, containsPrefix, hasHostBits, type Prefix } from "../../ipam/prefix.js";
import type { Address, Family } from "../../ipam/address.js";
import { parseGoBoolean } from "../../kit/go-boolean.js";
import { driverOption } from "../project/driver-option.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { defaultGateway } from "./allocation.js";
import { until } from "./profile.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

/** Every network with addresses got a gateway. */
const BEFORE_DRIVERS_DECIDE = until("driversDecide");
/** A network on a LAN has only the one that is written. */
const BEFORE_LANS_HAVE_NONE = until("lansWithoutGateway");

/**
 * The engines that give the gateway of a family an address when nobody says which. A bridge has one, unless it is cut
 * off from its host; a macvlan or ipvlan network had one where its containers can reach others by it.
 */
export function choosingGateway({ driver, driverOptions, internal }: Network, family: Family): Engines {
  if (driver === "overlay") return ALL_ENGINES;
  if (driver === "bridge") {
    const mode = driverOption(driverOptions, `com.docker.network.bridge.gateway_mode_ipv${family}`);
    const inhibited = parseGoBoolean(driverOption(driverOptions, "com.docker.network.bridge.inhibit_ipv4") ?? "");
    const needsNone = mode === "isolated" || (family === 4 && inhibited === true);
    return internal === true && needsNone ? BEFORE_DRIVERS_DECIDE : ALL_ENGINES;
  }
  if (driver !== "macvlan" && driver !== "ipvlan") return BEFORE_DRIVERS_DECIDE;
  // Without a parent, the network is internal inside the engine.
  const hasParent = (driverOption(driverOptions, "parent") ?? "") !== "";
  const isRouted = driver === "ipvlan" && (driverOption(driverOptions, "ipvlan_mode") ?? "").startsWith("l3");
  return hasParent && internal !== true && !isRouted ? BEFORE_LANS_HAVE_NONE : BEFORE_DRIVERS_DECIDE;
}

/**
 * The address that the engine chooses for the gateway.
 *
 * @returns undefined when it can't be told: the range is none, or depends on the machine that runs the file.
 */
export function chosenGateway({ ipRange }: IpamPool, subnet: Prefix): Address | "none" | undefined {
  switch (ipRange.kind) {
    case "absent":
      return defaultGateway(subnet, rangeOf(subnet)) ?? "none";
    case "known": {
      const isSound = containsPrefix(subnet, ipRange.value) && !hasHostBits(ipRange.value);
      return isSound ? (defaultGateway(subnet, rangeOf(ipRange.value)) ?? "none") : undefined;
    }
    default:
      return undefined;
  }
}
