import { parseGoBoolean } from "../../kit/go-boolean.js";
import type { Family } from "../../ipam/address.js";
import type { Place } from "../../kit/source.js";
import type { Definition } from "../load/schema/definition.js";
import type { Refusal, Unknown } from "../read/scalar-text.js";
import { showText } from "../read/shown.js";
import { asList, child, type MapValue } from "../read/value.js";
import { addressingOf, type Addressing } from "./addressing.js";
import { driverOption, type DriverOptions } from "./driver-option.js";
import { allocatorOf, makesNoNetwork, networkDriver } from "./drivers.js";
import { ABSENT, asText, fieldOf, type Field } from "./field.js";
import { readIpamPool, type IpamPool } from "./ipam-pool.js";

export interface NetworkAddressing {
  readonly pools: readonly IpamPool[];
  readonly ipv4: Addressing;
  readonly ipv6: Addressing;
  readonly switches: FamilySwitches;
  readonly ipamDriver: Field<string>;
}

/** Whether the file asks for addresses of a family, or why that can't be told. */
export interface FamilySwitches {
  readonly ipv4: Switch;
  readonly ipv6: Switch;
  readonly written: { readonly ipv4: WrittenSwitch | undefined; readonly ipv6: WrittenSwitch | undefined };
}

/** Where a family is switched: at its own key, or among the options of the driver. */
export interface WrittenSwitch {
  readonly at: Place;
  readonly isOwnKey: boolean;
}

export type Switch = boolean | Unknown;

interface Ipam {
  readonly driver: Field<string>;
  readonly pools: readonly IpamPool[];
  /** Set when the shape of `ipam` keeps Compose from reading any pool. */
  readonly refusal?: Refusal;
}

/** What of a network has a say in its addresses, beside `ipam` and the switches. */
export interface AddressingContext {
  readonly driver: Field<string>;
  readonly options: DriverOptions;
  /** Whether its name is one that no network of a file can have. */
  readonly isPredefined: boolean;
}

const IPAM_KEYS: ReadonlySet<string> = new Set(["driver", "config", "options"]);

/** How a network that Compose creates comes to its addresses. */
export function readAddressing(
  map: MapValue | undefined,
  { driver, options, isPredefined }: AddressingContext,
  definition: Definition,
): NetworkAddressing {
  const ipv4 = readSwitch(map, "enable_ipv4", options, true, definition);
  const ipv6 = readSwitch(map, "enable_ipv6", options, false, definition);
  const ipam = readIpam(map, definition);
  const isOff = ipv4 === false && ipv6 === false;
  const isUnusable = isOff || makesNone(driver, makesNoNetwork) || makesNone(ipam.driver, allocatesNothing);

  const ofFamily = (family: Family, enabled: Switch): Addressing => {
    if (ipam.refusal) return { mode: "refused", refusal: ipam.refusal };
    if (isUnusable) return { mode: "unusable" };
    if (enabled === false) return { mode: "disabled" };
    if (enabled !== true) return { mode: "unknown", because: enabled };
    const addressing = addressingOf(family, ipam.pools);
    return addressing.mode === "automatic" ? whoChooses(addressing) : addressing;
  };
  // What is refused gets no subnet at all: it would be wrong to say that Docker chooses one.
  const whoChooses = (automatic: Addressing): Addressing => {
    const [first] = definition.refusals;
    if (first) return { mode: "refused", refusal: first };
    if (isPredefined) return { mode: "unusable" };
    const because = unknownAllocator(driver, ipam.driver);
    return because ? { mode: "unknown", because } : automatic;
  };
  return {
    pools: ipam.pools,
    ipv4: ofFamily(4, ipv4),
    ipv6: ofFamily(6, ipv6),
    switches: {
      ipv4,
      ipv6,
      written: { ipv4: writtenSwitch(map, "enable_ipv4"), ipv6: writtenSwitch(map, "enable_ipv6") },
    },
    ipamDriver: ipam.driver,
  };
}

type SwitchKey = "enable_ipv4" | "enable_ipv6";

/** A family is switched by its own key or, from engine 27 on, by a driver option of the same name. */
function readSwitch(
  map: MapValue | undefined,
  key: SwitchKey,
  options: DriverOptions,
  unlessGiven: boolean,
  definition: Definition,
): Switch {
  const own = definition.boolean(map, key);
  if (own !== undefined) return own;
  const option = driverOption(options, `com.docker.network.${key}`);
  return option === undefined ? unlessGiven : (parseGoBoolean(option) ?? false);
}

function writtenSwitch(map: MapValue | undefined, key: SwitchKey): WrittenSwitch | undefined {
  const own = child(map, key);
  const at = (own ?? child(map, "driver_opts"))?.place;
  return at && { at, isOwnKey: own !== undefined };
}

function readIpam(map: MapValue | undefined, definition: Definition): Ipam {
  const value = child(map, "ipam");
  const path = `${definition.path}.ipam`;
  const nothing: Ipam = { driver: ABSENT, pools: [] };
  if (value === undefined) return nothing;
  if (value.kind !== "map") {
    return { ...nothing, refusal: definition.refuse("compose", `${path} must be a mapping`, value.place) };
  }
  definition.mapping(value, IPAM_KEYS, path);
  definition.options(value, "options", "a string", path);
  const driver = fieldOf(definition.text(value, "driver", path), asText);
  const config = child(value, "config");
  if (config === undefined) return { ...nothing, driver };
  const list = asList(config);
  if (!list) {
    const refusal = definition.refuse("compose", `${path}.config must be a array`, config.place);
    return { driver, pools: [], refusal };
  }
  const pools = list.items.map((item, index) => {
    const { pool, refusals } = readIpamPool(item, `${path}.config.${index}`, [map, value, config]);
    definition.refusals.push(...refusals);
    return pool;
  });
  return { driver, pools };
}

function makesNone(driver: Field<string>, isNone: (name: string) => boolean): boolean {
  return driver.kind === "known" && isNone(driver.value);
}

function allocatesNothing(ipamDriver: string): boolean {
  return allocatorOf(ipamDriver) === "nobody";
}

/** Why it can't be told that Docker's own allocator chooses. */
function unknownAllocator(driver: Field<string>, ipamDriver: Field<string>): Unknown | undefined {
  if (ipamDriver.kind === "unknown") return ipamDriver.because;
  if (ipamDriver.kind === "known" && allocatorOf(ipamDriver.value) === "plugin") {
    return { reason: "plugin", driver: showText(ipamDriver) };
  }
  if (driver.kind === "unknown") return driver.because;
  if (driver.kind !== "known" || networkDriver(driver.value)) return undefined;
  return { reason: "plugin", driver: showText(driver) };
}
