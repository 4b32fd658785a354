import type { Address, Family } from "../../ipam/address.js";
import { formatPrefix, rangeOf } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import { whyNotOnBridge } from "../../ipam/special-purpose.js";
import {
  allocatorOf,
  DRIVER_NAMES,
  IPAM_DRIVER_NAMES,
  makesNoNetwork,
  PREDEFINED_NETWORKS,
} from "../project/drivers.js";
import { valueOf, type Field } from "../project/field.js";
import { familyOfPool, kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { choosingGateway } from "./gateways.js";
import { faultAt, faultOfField, inShort, type NetworkFault } from "./network-fault.js";
import { faultsOfOptions } from "./option-faults.js";
import { faultsOfRoutes } from "./route-faults.js";
import { judgePool, type PoolContext, type SoundPool } from "./pool-faults.js";
import { since, until } from "./profile.js";
import { ALL_ENGINES, CURRENT_ENGINES, includesAny, type Engines, type EngineSpan } from "./releases.js";
import { isMade } from "./running.js";

const SWITCHES_IPV4 = since("ipv4Switch");
const IGNORES_IPV4_SWITCH = until("ipv4Switch");
const WITHOUT_IPV6_POOLS = until("ownIpv6Pools");

/**
 * What engines refuse about a network, and what they leave without effect. What Compose itself refuses while it reads
 * the file is not in it: that is among the network's refusals. Nothing is said of texts that depend on whoever runs
 * the file, or of what plugins do.
 *
 * @param whole Whether the files are the whole project: otherwise nothing is said of what they lack.
 */
export function faultsOfNetwork(network: Network, whole: boolean): NetworkFault[] {
  if (network.existence.kind === "external") return [...ipamOfExternal(network), ...nameOfExternal(network)];
  const context = contextOf(network);
  const verdicts = usesOwnAllocator(network) ? network.pools.map((pool) => judgePool(pool, context)) : [];
  const sound = verdicts.flatMap((verdict) => verdict.sound ?? []);
  return [
    ...verdicts.flatMap(({ faults }) => faults),
    ...judgeTogether(network, sound, context),
    ...judgeWords(network),
    ...faultsOfOptions(network),
    ...(usesOwnAllocator(network) ? faultsOfRoutes(network) : []),
    ...(whole ? judgeSwitches(network) : []),
  ];
}

/** What keeps a network from having addresses at all, where one of some engines refuses it for that. */
export function whyUnusable(network: Network, span: EngineSpan = CURRENT_ENGINES): NetworkFault | undefined {
  return faultsOfNetwork(network, true).find(
    (fault) => inShort(fault) !== undefined && includesAny(fault.engines, span),
  );
}

/** The pools of a network whose subnet an engine can work with. */
export function soundPoolsOf(network: Network): SoundPool[] {
  const context = contextOf(network);
  return network.pools.flatMap((pool) => judgePool(pool, context).sound ?? []);
}

function contextOf(network: Network): PoolContext {
  const { ipv4, ipv6 } = network.switches;
  return {
    allocating: (family: Family) => {
      if (family === 6) return ipv6 === true ? ALL_ENGINES : undefined;
      return ipv4 === true ? ALL_ENGINES : ipv4 === false ? IGNORES_IPV4_SWITCH : undefined;
    },
    looksInto: (family: Family) => family === 4 || ipv6 === true,
    choosingGateway: (family: Family) => choosingGateway(network, family),
    settled: network.attachments.flatMap(({ addresses }) =>
      addresses.flatMap(({ address }): Address[] => (address.kind === "known" ? [address.value] : [])),
    ),
  };
}

/** A plugin for addresses has rules of its own. */
export function usesOwnAllocator({ ipamDriver }: Network): boolean {
  return ipamDriver.kind === "absent" || (ipamDriver.kind === "known" && allocatorOf(ipamDriver.value) === "docker");
}

function judgeTogether(network: Network, pools: readonly SoundPool[], context: PoolContext): NetworkFault[] {
  const isBridge = network.driver === "bridge" && network.writtenDriver.kind !== "unknown";
  return ([4, 6] as const).flatMap((family) => {
    const engines = context.allocating(family);
    const ofFamily = pools.filter(({ subnet }) => subnet.address.family === family);
    if (engines === undefined) return [];
    return [
      ...overlapping(ofFamily, engines),
      ...(isBridge ? severalOf(ofFamily, engines, network) : []),
      ...(isBridge ? ofFamily.flatMap((pool) => unusableOnBridge(pool, engines)) : []),
    ];
  });
}

/** A pool with a range of its own may share its subnet with others, where the driver lets it. */
function overlapping(pools: readonly SoundPool[], engines: Engines): NetworkFault[] {
  return pools.flatMap((sound, index) => {
    const earlier = pools.slice(0, index).find(({ subnet }) => rangesOverlap(rangeOf(subnet), rangeOf(sound.subnet)));
    if (!earlier || sound.pool.ipRange.kind !== "absent") return [];
    const about = subnetIn(sound.pool);
    return about ? [faultOfField("overlappingPools", about, engines, { other: formatPrefix(earlier.subnet) })] : [];
  });
}

function severalOf(pools: readonly SoundPool[], engines: Engines, { pools: all }: Network): NetworkFault[] {
  const [first, second] = pools;
  if (!first || !second || all.some((pool) => kindOfPool(pool) === "unknown")) return [];
  const { ipRange } = second.pool;
  if (rangesOverlap(rangeOf(first.subnet), rangeOf(second.subnet)) && ipRange.kind === "absent") return [];
  const about = subnetIn(second.pool);
  const family = `IPv${first.subnet.address.family}`;
  return about ? [faultOfField("severalSubnets", about, engines, { other: formatPrefix(first.subnet), family })] : [];
}

const REASONS_ON_BRIDGE = {
  "link-local": "it overlaps fe80::/64, which every interface has",
  multicast: "its addresses are multicast ones",
};

function unusableOnBridge({ pool, subnet }: SoundPool, engines: Engines): NetworkFault[] {
  const why = whyNotOnBridge(subnet);
  const about = subnetIn(pool);
  return why && about ? [faultOfField("unusableSubnet", about, engines, { reason: REASONS_ON_BRIDGE[why] })] : [];
}

function subnetIn({ subnet }: IpamPool) {
  return subnet.kind === "known" ? { role: "subnet", field: subnet } : undefined;
}

/** Words of a definition that stand for something no network can have. */
function judgeWords({ writtenDriver, ipamDriver, writtenName }: Network): NetworkFault[] {
  // Hardly any network has one of them.
  if (![writtenDriver, ipamDriver, writtenName].some(({ kind }) => kind === "known")) return [];
  const judged: readonly (readonly [
    string,
    Field<string>,
    "unusableDriver" | "predefinedName",
    (word: string) => boolean,
  ])[] = [
    ["driver", writtenDriver, "unusableDriver", makesNoNetwork],
    ["ipam driver", ipamDriver, "unusableDriver", (word) => allocatorOf(word) === "nobody"],
    ["name", writtenName, "predefinedName", (word) => PREDEFINED_NETWORKS.has(word)],
  ];
  const nearly = [
    ...oddName(writtenName),
    ...nearlyDriver("driver", writtenDriver, DRIVER_NAMES),
    ...nearlyDriver("ipam driver", ipamDriver, IPAM_DRIVER_NAMES),
  ];
  const refused = judged.flatMap(([role, field, kind, isRefused]) => {
    const word = valueOf(field);
    return field.kind === "known" && word !== undefined && isRefused(word)
      ? [faultOfField(kind, { role, field }, ALL_ENGINES, {})]
      : [];
  });
  return [...refused, ...nearly];
}

function oddName(field: Field<string>): NetworkFault[] {
  const name = valueOf(field);
  if (field.kind !== "known" || name === undefined) return [];
  const about = { role: "name", field };
  if (isLeftOpen(field)) return [];
  if (name.trim() === "") return [faultOfField("refusedWord", about, ALL_ENGINES, { reason: "empty" })];
  const isContainers = name.startsWith("container:");
  const reason = "the name of a container's network to Docker";
  return isContainers ? [faultOfField("refusedWord", about, ALL_ENGINES, { reason })] : [];
}

/** Whoever runs the file may set the variable. */
function isLeftOpen(field: Field<string>): boolean {
  const interpolation = field.kind === "known" ? field.written.interpolation : undefined;
  return interpolation?.kind === "text" && interpolation.unset.length > 0;
}

/** To the engine, `Bridge` is the name of a plugin. */
function nearlyDriver(role: string, field: Field<string>, known: ReadonlySet<string>): NetworkFault[] {
  const word = valueOf(field);
  const meant = word?.trim().toLowerCase();
  if (field.kind !== "known" || word === undefined || meant === undefined || word === meant) return [];
  return known.has(meant)
    ? [
        faultOfField("refusedWord", { role, field }, ALL_ENGINES, {
          reason: `not a driver: Docker calls it "${meant}"`,
        }),
      ]
    : [];
}

/** What is switched off, or on, beside what the pools are of. */
function judgeSwitches(network: Network): NetworkFault[] {
  const { switches } = network;
  const { written } = switches;
  const disabled = (family: Family, engines: Engines): NetworkFault[] =>
    subnetsOf(network, family).map((field) => {
      const state = written[`ipv${family}`]?.isOwnKey === true ? "false" : "not set";
      const values = { family: `IPv${family}`, key: `enable_ipv${family}`, state };
      return faultOfField("disabledFamily", { role: "subnet", field }, engines, values);
    });
  const faults = switches.ipv6 === false ? disabled(6, ALL_ENGINES) : [];
  const off = switches.ipv4 === false ? written.ipv4?.at : undefined;
  if (off && switches.ipv6 === false) {
    // What other drivers make of it was not tried.
    if (network.driver === "bridge") faults.push(faultAt("noFamily", off, SWITCHES_IPV4, {}));
  } else if (off && switches.ipv6 === true) faults.push(...disabled(4, SWITCHES_IPV4));
  if (off && subnetsOf(network, 4).length === 0) faults.push(faultAt("ignoredSwitch", off, IGNORES_IPV4_SWITCH, {}));
  const on = switches.ipv6 === true ? written.ipv6?.at : undefined;
  if (on && asksForNoIpv6(network)) faults.push(faultAt("noIpv6Pool", on, WITHOUT_IPV6_POOLS, {}));
  return faults;
}

function subnetsOf({ pools }: Network, family: Family) {
  return pools.flatMap((pool) =>
    pool.subnet.kind === "known" && kindOfPool(pool) === "explicit" && familyOfPool(pool) === family
      ? [pool.subnet]
      : [],
  );
}

function asksForNoIpv6(network: Network): boolean {
  const { pools, driver } = network;
  const onlyIpv4 = pools.every((pool) => kindOfPool(pool) === "explicit" && familyOfPool(pool) === 4);
  return onlyIpv4 && driver !== "overlay" && usesOwnAllocator(network);
}

/** A network of Docker's own has no names for services, and one without a name can't be found. */
function nameOfExternal({ name, writtenName, place, attachments }: Network): NetworkFault[] {
  if (!attachments.some(({ running }) => isMade(running))) return [];
  if ((!PREDEFINED_NETWORKS.has(name) && name.trim() !== "") || isLeftOpen(writtenName)) return [];
  const values = { name };
  return [faultAt("predefinedExternal", writtenName.kind === "known" ? writtenName.at : place, ALL_ENGINES, values)];
}

function ipamOfExternal({ ipamAt }: Network): NetworkFault[] {
  return ipamAt ? [faultAt("externalIpam", ipamAt, ALL_ENGINES, {})] : [];
}
