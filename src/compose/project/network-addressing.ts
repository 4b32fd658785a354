import type { Family } from "../../ipam/address.js";
import { addressingOf, type Addressing } from "./addressing.js";
import type { Definition } from "../load/schema/definition.js";
import { driverOption } from "./driver-option.js";
import { readIpamPool, type IpamPool } from "./ipam-pool.js";
import { showText } from "../read/shown.js";
import type { Refusal, Text, Unknown } from "../read/scalar-text.js";
import { asList, child, type MapValue } from "../read/value.js";

export interface NetworkAddressing {
  readonly pools: readonly IpamPool[];
  readonly ipv4: Addressing;
  readonly ipv6: Addressing;
  readonly switches: FamilySwitches;
  readonly ipamDriver: Text | undefined;
}

/** Whether the file asks for addresses of a family, or why that can't be told. */
export interface FamilySwitches {
  readonly ipv4: Switch;
  readonly ipv6: Switch;
}

interface Ipam {
  readonly driver: Text | undefined;
  readonly pools: readonly IpamPool[];
  /** Set when the shape of `ipam` keeps Compose from reading any pool. */
  readonly refusal: Refusal | undefined;
}

export type Switch = boolean | Unknown;

/** The drivers that leave addresses to Docker's own allocator. */
const DRIVERS_WITH_IPAM: ReadonlySet<string> = new Set(["bridge", "overlay", "macvlan", "ipvlan"]);
const IPAM_KEYS: ReadonlySet<string> = new Set(["driver", "config", "options"]);

/** How a network that Compose creates comes to its addresses. */
export function readAddressing(
  map: MapValue | undefined,
  driver: Text | undefined,
  definition: Definition,
): NetworkAddressing {
  const ipv4 = readSwitch(map, "enable_ipv4", true, definition);
  const ipv6 = readSwitch(map, "enable_ipv6", false, definition);
  const ipam = readIpam(map, definition, ipv6);
  const refusal =
    ipam.refusal ??
    refuseDriver(driver, definition) ??
    refuseSwitches(map, ipv4, ipv6, definition) ??
    refuseIpamDriver(ipam, definition);

  const ofFamily = (family: Family, enabled: Switch): Addressing => {
    if (refusal) return { mode: "refused", refusal };
    if (enabled === false) return { mode: "disabled" };
    if (enabled !== true) return { mode: "unknown", because: enabled };
    const addressing = addressingOf(family, ipam.pools);
    return addressing.mode === "automatic" ? whoChooses(addressing) : addressing;
  };
  // What is refused gets no subnet at all: it would be wrong to say that Docker chooses one.
  const whoChooses = (automatic: Addressing): Addressing => {
    const [first] = definition.refusals;
    if (first) return { mode: "refused", refusal: first };
    const because = unknownAllocator(driver, ipam.driver);
    return because ? { mode: "unknown", because } : automatic;
  };
  return {
    pools: ipam.pools,
    ipv4: ofFamily(4, ipv4),
    ipv6: ofFamily(6, ipv6),
    switches: { ipv4, ipv6 },
    ipamDriver: ipam.driver,
  };
}

/** A family is switched by its own key or, from engine 27 on, by a driver option of the same name. */
function readSwitch(
  map: MapValue | undefined,
  key: "enable_ipv4" | "enable_ipv6",
  unlessGiven: boolean,
  definition: Definition,
): Switch {
  const own = definition.boolean(map, key);
  if (own !== undefined) return own;
  const option = driverOption(map, `com.docker.network.${key}`);
  return option === undefined ? unlessGiven : option === "true";
}

/** The engine does not look at IPv6 pools of a network without IPv6. */
function readIpam(map: MapValue | undefined, definition: Definition, ipv6: Switch): Ipam {
  const value = child(map, "ipam");
  const path = `${definition.path}.ipam`;
  const nothing: Ipam = { driver: undefined, pools: [], refusal: undefined };
  if (value === undefined) return nothing;
  if (value.kind !== "map") {
    return { ...nothing, refusal: definition.refuse("compose", `${path} must be a mapping`, value.place) };
  }
  definition.mapping(value, IPAM_KEYS, path);
  definition.options(value, "options", "a string", path);
  const driver = definition.text(value, "driver", path);
  const config = child(value, "config");
  if (config === undefined) return { ...nothing, driver };
  const list = asList(config);
  if (!list) {
    const refusal = definition.refuse("compose", `${path}.config must be a array`, config.place);
    return { driver, pools: [], refusal };
  }
  const pools = list.items.map((item, index) => {
    const { pool, refusals } = readIpamPool(item, `${path}.config.${index}`, ipv6 !== false);
    definition.refusals.push(...refusals);
    return pool;
  });
  return { driver, pools, refusal: undefined };
}

function refuseDriver(driver: Text | undefined, definition: Definition): Refusal | undefined {
  if (!driver?.known) return undefined;
  switch (driver.text) {
    case "host":
      return definition.refuse("engine", `only one instance of "host" network is allowed`, driver.written.place);
    case "none":
    case "default":
      return definition.refuse("engine", `plugin "${driver.text}" not found`, driver.written.place);
    default:
      return undefined;
  }
}

function refuseSwitches(
  map: MapValue | undefined,
  ipv4: Switch,
  ipv6: Switch,
  definition: Definition,
): Refusal | undefined {
  if (ipv4 !== false || ipv6 !== false) return undefined;
  const at = child(map, "enable_ipv4") ?? child(map, "driver_opts");
  return at && definition.refuse("engine", "IPv4 or IPv6 must be enabled", at.place);
}

function refuseIpamDriver({ driver }: Ipam, definition: Definition): Refusal | undefined {
  return driver?.known && driver.text === "null"
    ? definition.refuse("engine", "ipv4 pool is empty", driver.written.place)
    : undefined;
}

/** Why it can't be told that Docker's own allocator chooses. */
function unknownAllocator(driver: Text | undefined, ipamDriver: Text | undefined): Unknown | undefined {
  if (ipamDriver && !ipamDriver.known) return ipamDriver.because;
  if (ipamDriver && !["", "default"].includes(ipamDriver.text)) {
    return { reason: "plugin", driver: showText(ipamDriver) };
  }
  if (driver && !driver.known) return driver.because;
  if (!driver || driver.text === "" || DRIVERS_WITH_IPAM.has(driver.text)) return undefined;
  return { reason: "plugin", driver: showText(driver) };
}
