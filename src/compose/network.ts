import { addressingOf, type Addressing } from "./addressing.js";
import { readIpamPool, type IpamPool } from "./ipam-pool.js";
import type { Attachment } from "./service.js";
import type { Place } from "./source.js";
import { readBoolean, readText, type Refusal, type Unknown } from "./text.js";
import { asList, asMap, asScalar, child, isNull, type Entry, type MapValue, type Value } from "./value.js";

/** A network of a project, as Compose would ask the engine for it. */
export interface Network {
  /** The key below `networks`, or `default`. */
  readonly key: string;
  /** The name that the engine will know. */
  readonly name: string;
  /** `default`, when no file declares it. */
  readonly implicit: boolean;
  /** The network's key; for an implicit network the `services` key that causes it. */
  readonly place: Place;
  readonly definition: Value | undefined;
  readonly existence: Existence;
  readonly driver: string;
  /** Names of the services that join it, in the order of the file. */
  readonly services: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly pools: readonly IpamPool[];
  readonly ipv4: Addressing;
  readonly ipv6: Addressing;
  readonly reach: Reach;
  readonly refusals: readonly Refusal[];
}

export type Existence =
  | { readonly kind: "created" }
  /** It must exist already, and keeps its own subnet. */
  | { readonly kind: "external" }
  /** No service joins it, so Compose leaves it out. */
  | { readonly kind: "unused" }
  | { readonly kind: "unknown"; readonly because: Unknown };

/**
 * Who loses sight of hosts that have the network's addresses: the whole machine, since a bridge brings a route with
 * it; only the containers; or nobody, since macvlan, ipvlan and most plugins put the containers on the LAN itself.
 */
export type Reach = "host" | "containers" | "lan";

/** What the engine is given beside the definition. */
export interface NetworkContext {
  readonly projectName: string;
  readonly attachments: readonly Attachment[];
  readonly unusedUnless: Unknown | undefined;
}

const PREDEFINED_NAMES: ReadonlySet<string> = new Set(["bridge", "host", "none", "default"]);
/** The drivers that leave addresses to Docker's own allocator. */
const DRIVERS_WITH_IPAM: ReadonlySet<string> = new Set(["bridge", "overlay", "macvlan", "ipvlan"]);
const NETWORK_KEYS: ReadonlySet<string> = new Set([
  "name",
  "driver",
  "driver_opts",
  "ipam",
  "external",
  "internal",
  "enable_ipv4",
  "enable_ipv6",
  "attachable",
  "labels",
]);
const IPAM_KEYS: ReadonlySet<string> = new Set(["driver", "config", "options"]);

export function declaredNetwork({ key, keyPlace, value }: Entry, context: NetworkContext): Network {
  const reading = new Reading(`networks.${key}`);
  const map = reading.mapping(value, NETWORK_KEYS);
  const external = readExternal(map, reading);
  const driver = readString(child(map, "driver")) || "bridge";
  const name = readString(child(map, "name")) ?? `${context.projectName}_${key}`;
  const network = {
    key,
    name: external === true ? (readString(child(map, "name")) ?? externalName(map) ?? key) : name,
    implicit: false,
    place: keyPlace,
    definition: value,
    driver,
    services: context.attachments.map(({ service }) => service),
    attachments: context.attachments,
    existence: existenceOf(external, context),
    reach: reachOf(driver, map),
  };
  if (external === true) {
    return {
      ...network,
      pools: [],
      ipv4: { mode: "disabled" },
      ipv6: { mode: "disabled" },
      refusals: reading.refusals,
    };
  }
  const ipam = readIpam(child(map, "ipam"), reading);
  if (PREDEFINED_NAMES.has(name)) {
    reading.refuse("engine", `operation is not permitted on predefined ${name} network`, keyPlace);
  }
  return { ...network, pools: ipam.pools, ...addressings(map, driver, ipam, reading), refusals: reading.refusals };
}

export function implicitDefault(place: Place, existence: Existence, context: NetworkContext): Network {
  const automatic: Addressing =
    existence.kind === "unknown"
      ? { mode: "unknown", because: existence.because }
      : { mode: "automatic", cause: { kind: "no pool" } };
  return {
    key: "default",
    name: `${context.projectName}_default`,
    implicit: true,
    place,
    definition: undefined,
    existence,
    driver: "bridge",
    services: context.attachments.map(({ service }) => service),
    attachments: context.attachments,
    pools: [],
    ipv4: automatic,
    ipv6: { mode: "disabled" },
    reach: "host",
    refusals: [],
  };
}

/** Collects what Compose or the engine refuses while a network is read. */
class Reading {
  readonly refusals: Refusal[] = [];

  constructor(readonly path: string) {}

  refuse(by: Refusal["by"], message: string, place: Place): Refusal {
    const refusal: Refusal = { by, message, place };
    this.refusals.push(refusal);
    return refusal;
  }

  /** A network may be empty, or a map with known keys. */
  mapping(value: Value, known: ReadonlySet<string>, path = this.path): MapValue | undefined {
    const map = asMap(value);
    if (!map && !isNull(value)) this.refuse("compose", `${path} must be a mapping`, value.place);
    for (const { key, keyPlace } of map?.entries.values() ?? []) {
      if (known.has(key) || key.startsWith("x-")) continue;
      this.refuse("compose", `${path} additional properties '${key}' not allowed`, keyPlace);
    }
    return map;
  }
}

function readString(value: Value | undefined): string | undefined {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar, () => true);
  return text?.known === true ? text.text : undefined;
}

/** True, false, or why that can't be told. */
function readExternal(map: MapValue | undefined, reading: Reading): boolean | Unknown {
  const value = child(map, "external");
  if (value === undefined) return false;
  if (value.kind === "map") {
    const [name, legacyName] = [readString(child(map, "name")), externalName(map)];
    if (name !== undefined && legacyName !== undefined && name !== legacyName) {
      reading.refuse("compose", `${reading.path}: name and external.name conflict; only use name`, value.place);
    }
    return true;
  }
  const external = readBoolean(value);
  if (external === "refused" || external === undefined) {
    reading.refuse("compose", `${reading.path}.external must be a boolean, mapping or string`, value.place);
    return false;
  }
  return external;
}

function externalName(map: MapValue | undefined): string | undefined {
  return readString(child(child(map, "external"), "name"));
}

function existenceOf(external: boolean | Unknown, context: NetworkContext): Existence {
  if (external === true) return { kind: "external" };
  if (external !== false) return { kind: "unknown", because: external };
  if (context.attachments.length > 0) return { kind: "created" };
  return context.unusedUnless ? { kind: "unknown", because: context.unusedUnless } : { kind: "unused" };
}

interface Ipam {
  readonly driver: string;
  readonly pools: readonly IpamPool[];
  /** Set when the shape of `ipam` keeps Compose from reading any pool. */
  readonly refusal: Refusal | undefined;
}

function readIpam(value: Value | undefined, reading: Reading): Ipam {
  const path = `${reading.path}.ipam`;
  const nothing: Ipam = { driver: "default", pools: [], refusal: undefined };
  if (value === undefined) return nothing;
  if (value.kind !== "map") {
    return { ...nothing, refusal: reading.refuse("compose", `${path} must be a mapping`, value.place) };
  }
  reading.mapping(value, IPAM_KEYS, path);
  const driver = readString(child(value, "driver")) || "default";
  const config = child(value, "config");
  if (config === undefined) return { ...nothing, driver };
  const list = asList(config);
  if (!list) {
    return { driver, pools: [], refusal: reading.refuse("compose", `${path}.config must be a array`, config.place) };
  }
  const pools = list.items.map((item, index) => {
    const { pool, refusals } = readIpamPool(item, `${path}.config.${index}`);
    reading.refusals.push(...refusals);
    return pool;
  });
  return { driver, pools, refusal: undefined };
}

function addressings(
  map: MapValue | undefined,
  driver: string,
  ipam: Ipam,
  reading: Reading,
): { ipv4: Addressing; ipv6: Addressing } {
  const both = (addressing: Addressing) => ({ ipv4: addressing, ipv6: addressing });
  const refused = (refusal: Refusal) => both({ mode: "refused", refusal });
  const place = (value: Value | undefined) => value?.place ?? map?.place;

  if (ipam.refusal) return refused(ipam.refusal);
  if (driver === "host" || driver === "none" || driver === "default") {
    const at = place(child(map, "driver"));
    const message =
      driver === "host" ? `only one instance of "host" network is allowed` : `plugin "${driver}" not found`;
    if (at) return refused(reading.refuse("engine", message, at));
  }
  const ipv4 = readSwitch(map, "enable_ipv4", true);
  const ipv6 = readSwitch(map, "enable_ipv6", false);
  const at = place(child(map, "enable_ipv4"));
  if (ipv4 === false && ipv6 === false && at) {
    return refused(reading.refuse("engine", "IPv4 or IPv6 must be enabled", at));
  }
  if (ipam.driver === "null" && at) return refused(reading.refuse("engine", "ipv4 pool is empty", at));

  const plugin = ipam.driver === "default" ? (DRIVERS_WITH_IPAM.has(driver) ? undefined : driver) : ipam.driver;
  const ofFamily = (family: 4 | 6, enabled: boolean | Unknown): Addressing => {
    if (enabled === false) return { mode: "disabled" };
    if (enabled !== true) return { mode: "unknown", because: enabled };
    const addressing = addressingOf(family, ipam.pools);
    return plugin !== undefined && addressing.mode === "automatic"
      ? { mode: "unknown", because: { reason: "plugin", driver: plugin } }
      : addressing;
  };
  return { ipv4: ofFamily(4, ipv4), ipv6: ofFamily(6, ipv6) };
}

/** A family is switched by its own key or, from engine 27 on, by a driver option of the same name. */
function readSwitch(
  map: MapValue | undefined,
  key: "enable_ipv4" | "enable_ipv6",
  unlessGiven: boolean,
): boolean | Unknown {
  const own = readBoolean(child(map, key));
  if (own !== undefined && own !== "refused") return own;
  const option = driverOption(map, `com.docker.network.${key}`);
  return option === undefined ? unlessGiven : option === "true";
}

function driverOption(map: MapValue | undefined, name: string): string | undefined {
  const value = child(child(map, "driver_opts"), name);
  return (
    readString(value) ?? (typeof asScalar(value)?.value === "boolean" ? String(asScalar(value)?.value) : undefined)
  );
}

function reachOf(driver: string, map: MapValue | undefined): Reach {
  if (driver === "overlay") return "containers";
  if (driver !== "bridge") return "lan";
  const withoutAddress =
    driverOption(map, "com.docker.network.bridge.inhibit_ipv4") === "true" ||
    (readBoolean(child(map, "internal")) === true &&
      driverOption(map, "com.docker.network.bridge.gateway_mode_ipv4") === "isolated");
  return withoutAddress ? "containers" : "host";
}
