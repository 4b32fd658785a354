import type { Family, AddressRange } from "../../ipam/address.js";
import { parseAddress, type Address } from "../../ipam/address.js";
import { formatPrefix, parsePrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import { driverOption } from "../project/driver-option.js";
import type { Network } from "../project/network.js";
import type { Place } from "../../kit/source.js";
import { readBoolean, type Text } from "../read/scalar-text.js";
import { asMap, child } from "../read/value.js";
import type { EngineFault, FaultKind } from "./fault.js";
import { fault, judgePool, type PoolContext, type SoundPool } from "./pool-faults.js";
import { isField, readPoolRequest, type Field } from "./pool-request.js";
import { ALL_ENGINES, type Engines } from "./releases.js";

const SWITCHES_IPV4: Engines = { from: "28" };
const IGNORES_IPV4_SWITCH: Engines = { before: "28" };
/** From there on, an engine makes up an IPv6 pool of its own. */
const WITHOUT_IPV6_POOLS: Engines = { before: "27" };

const PREDEFINED_NAMES: ReadonlySet<string> = new Set(["bridge", "host", "none", "default"]);
const UNUSABLE_DRIVERS: ReadonlySet<string> = new Set(["host", "null", "none", "default"]);

/**
 * What engines refuse about a network, and what they leave without effect. What Compose itself refuses while it reads
 * the file is not in it: that is among the network's refusals. Nothing is said of texts that depend on whoever runs
 * the file, or of what plugins do.
 *
 * @param whole Whether the files are the whole project: otherwise nothing is said of what they lack.
 */
export function faultsOfNetwork(network: Network, whole: boolean): EngineFault[] {
  if (network.existence.kind === "external") return ipamOfExternal(network);
  const requests = network.pools.map(readPoolRequest);
  const context = contextOf(network);
  const verdicts = usesOwnAllocator(network) ? requests.map((request) => judgePool(request, context)) : [];
  const sound = verdicts.flatMap((verdict) => verdict.sound ?? []);
  return [
    ...verdicts.flatMap(({ faults }) => faults),
    ...judgeTogether(network, sound, context),
    ...judgeDrivers(network),
    ...(whole ? judgeSwitches(network) : []),
  ];
}

/** The pools of a network whose subnet an engine can work with. */
export function soundPoolsOf(network: Network): SoundPool[] {
  const context = contextOf(network);
  return network.pools.flatMap((pool) => judgePool(readPoolRequest(pool), context).sound ?? []);
}

function contextOf(network: Network): PoolContext {
  const { ipv4, ipv6 } = network.switches;
  return {
    allocating: (family: Family) => {
      if (family === 6) return ipv6 === true ? ALL_ENGINES : undefined;
      return ipv4 === true ? ALL_ENGINES : ipv4 === false ? IGNORES_IPV4_SWITCH : undefined;
    },
    looksInto: (family: Family) => family === 4 || ipv6 === true,
    choosingGateway: choosesGateway(network) ? ALL_ENGINES : { before: "28" },
    settled: network.attachments.flatMap(({ addresses }) => addresses.flatMap(({ text }) => addressIn(text))),
  };
}

function addressIn(text: Text): Address[] {
  const address = text.known ? parseAddress(text.text) : undefined;
  return address?.ok ? [address.value] : [];
}

/** A network that is cut off from its host needs no gateway, and from engine 28 on it gets none. */
export function choosesGateway({ driver, definition }: Network): boolean {
  if (driver !== "bridge") return false;
  const map = asMap(definition);
  return (
    readBoolean(child(map, "internal")) !== true ||
    !["4", "6"].some(
      (family) => driverOption(map, `com.docker.network.bridge.gateway_mode_ipv${family}`) === "isolated",
    )
  );
}

/** A plugin for addresses has rules of its own. */
export function usesOwnAllocator({ ipamDriver }: Network): boolean {
  return ipamDriver === undefined || (ipamDriver.known && ["", "default"].includes(ipamDriver.text));
}

function judgeTogether(network: Network, pools: readonly SoundPool[], context: PoolContext): EngineFault[] {
  return ([4, 6] as const).flatMap((family) => {
    const engines = context.allocating(family);
    const ofFamily = pools.filter(({ subnet }) => subnet.address.family === family);
    if (engines === undefined) return [];
    return [
      ...overlapping(ofFamily, engines),
      ...(network.driver === "bridge" && network.writtenDriver?.known !== false
        ? [...severalOf(ofFamily, engines, network), ...ofFamily.flatMap((pool) => unusableOnBridge(pool, engines))]
        : []),
    ];
  });
}

/** A pool with a range of its own may share its subnet with others, where the driver lets it. */
function overlapping(pools: readonly SoundPool[], engines: Engines): EngineFault[] {
  return pools.flatMap((pool, index) => {
    const earlier = pools.slice(0, index).find(({ subnet }) => rangesOverlap(rangeOf(subnet), rangeOf(pool.subnet)));
    if (!earlier || pool.request.range !== "absent") return [];
    return onSubnet("overlappingPools", pool, engines, { other: formatPrefix(earlier.subnet) });
  });
}

function severalOf(pools: readonly SoundPool[], engines: Engines, { pools: all }: Network): EngineFault[] {
  const [first, second] = pools;
  if (!first || !second || all.some(({ subnet }) => subnet.kind === "unknown")) return [];
  if (rangesOverlap(rangeOf(first.subnet), rangeOf(second.subnet)) && second.request.range === "absent") return [];
  const family = `IPv${first.subnet.address.family}`;
  return onSubnet("severalSubnets", second, engines, { other: formatPrefix(first.subnet), family });
}

function unusableOnBridge(pool: SoundPool, engines: Engines): EngineFault[] {
  const reason = reasonAgainst(pool.subnet);
  return reason === undefined ? [] : onSubnet("unusableSubnet", pool, engines, { reason });
}

function reasonAgainst(subnet: Prefix): string | undefined {
  const range = rangeOf(subnet);
  if (LINK_LOCAL && rangesOverlap(LINK_LOCAL, range) && subnet.length !== 64) {
    return "it overlaps fe80::/64, which every interface has";
  }
  return MULTICAST && rangesOverlap(MULTICAST, range) ? "its addresses are multicast ones" : undefined;
}

function rangeIn(text: string): AddressRange | undefined {
  const prefix = parsePrefix(text);
  return prefix.ok ? rangeOf(prefix.value) : undefined;
}

const LINK_LOCAL = rangeIn("fe80::/64");
const MULTICAST = rangeIn("ff00::/8");

function onSubnet(
  kind: FaultKind,
  { request: { subnet } }: SoundPool,
  engines: Engines,
  values: Readonly<Record<string, string>>,
): EngineFault[] {
  return isField(subnet) ? [fault(kind, subnet, engines, values)] : [];
}

function judgeDrivers({ writtenDriver, ipamDriver, definition }: Network): EngineFault[] {
  const faults: EngineFault[] = [];
  const name = child(definition, "name");
  const written = fieldOf("driver", writtenDriver);
  if (written && UNUSABLE_DRIVERS.has(written.text)) faults.push(fault("unusableDriver", written, ALL_ENGINES, {}));
  const ipam = fieldOf("ipam driver", ipamDriver);
  if (ipam && (ipam.text === "null" || ipam.text === "none")) {
    faults.push(fault("unusableDriver", ipam, ALL_ENGINES, {}));
  }
  if (name?.kind === "scalar" && typeof name.value === "string" && PREDEFINED_NAMES.has(name.value)) {
    const field: Field = { role: "name", text: name.value, written: name };
    faults.push(fault("predefinedName", field, ALL_ENGINES, {}));
  }
  return faults;
}

function fieldOf(role: string, text: Text | undefined): Field | undefined {
  return text?.known === true ? { role, text: text.text, written: text.written } : undefined;
}

/** What is switched off, or on, beside what the pools are of. */
function judgeSwitches(network: Network): EngineFault[] {
  const { switches, definition } = network;
  const switchAt = (key: string): Place | undefined =>
    (child(definition, key) ?? child(definition, "driver_opts"))?.place;
  const ipv4Subnets = subnetsOf(network, 4);
  const disabled = (family: Family, engines: Engines): EngineFault[] =>
    subnetsOf(network, family).map((subnet) =>
      fault("disabledFamily", subnet, engines, { family: `IPv${family}`, key: `enable_ipv${family}` }),
    );
  const faults = switches.ipv6 === false ? disabled(6, ALL_ENGINES) : [];
  const off = switches.ipv4 === false ? switchAt("enable_ipv4") : undefined;
  if (off && switches.ipv6 === false) {
    // What other drivers make of it was not tried.
    if (network.driver === "bridge") faults.push(alone("noFamily", off, SWITCHES_IPV4));
  } else if (off && switches.ipv6 === true) faults.push(...disabled(4, SWITCHES_IPV4));
  if (off && ipv4Subnets.length === 0) faults.push(alone("ignoredSwitch", off, IGNORES_IPV4_SWITCH));
  const on = switches.ipv6 === true ? switchAt("enable_ipv6") : undefined;
  if (on && asksForNoIpv6(network)) faults.push(alone("noIpv6Pool", on, WITHOUT_IPV6_POOLS));
  return faults;
}

function subnetsOf({ pools }: Network, family: Family): Field[] {
  return pools.flatMap(({ subnet }) =>
    subnet.kind === "prefix" && subnet.prefix.address.family === family
      ? [{ role: "subnet", text: subnet.text, written: subnet.written.written }]
      : [],
  );
}

function asksForNoIpv6(network: Network): boolean {
  const { pools, driver } = network;
  const onlyIpv4 = pools.every(({ subnet }) => subnet.kind === "prefix" && subnet.prefix.address.family === 4);
  return onlyIpv4 && driver !== "overlay" && usesOwnAllocator(network);
}

function alone(kind: FaultKind, place: Place, engines: Engines): EngineFault {
  return { kind, place, engines, values: {}, repairs: [] };
}

function ipamOfExternal({ definition }: Network): EngineFault[] {
  const ipam = asMap(definition)?.entries.get("ipam");
  return ipam ? [{ kind: "externalIpam", place: ipam.keyPlace, engines: ALL_ENGINES, values: {}, repairs: [] }] : [];
}
