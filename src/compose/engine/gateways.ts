import { rangeOf, containsPrefix, hasHostBits, type Prefix } from "../../ipam/prefix.js";
import type { Address, Family } from "../../ipam/address.js";
import { driverOption } from "../project/driver-option.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { defaultGateway } from "./allocation.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

/** Up to 27, every network with addresses got a gateway. */
const BEFORE_DRIVERS_DECIDE: Engines = { before: "28" };

/**
 * The engines that give the gateway of a family an address when nobody says which. A bridge without a gateway mode of
 * its own has one; one that is cut off from its host needs none, and from engine 28 on gets none.
 */
export function choosingGateway({ driver, driverOptions, internal }: Network, family: Family): Engines {
  if (driver === "overlay") return ALL_ENGINES;
  if (driver !== "bridge") return BEFORE_DRIVERS_DECIDE;
  const mode = driverOption(driverOptions, `com.docker.network.bridge.gateway_mode_ipv${family}`);
  const isInhibited = family === 4 && driverOption(driverOptions, "com.docker.network.bridge.inhibit_ipv4") === "true";
  return internal === true && (mode === "isolated" || isInhibited) ? BEFORE_DRIVERS_DECIDE : ALL_ENGINES;
}

/**
 * The address that the engine chooses for the gateway.
 *
 * @returns undefined when it can't be told: the range is none, or depends on whoever runs the file.
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
