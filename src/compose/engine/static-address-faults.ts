import { formatAddress, isMappedIpv4, type Address, type Family } from "../../ipam/address.js";
import { containsPrefix, formatPrefix, maskPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { valueOf } from "../project/field.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { familyOfPool, kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import type { Running, StaticAddress } from "../project/service.js";
import { hiddenVariables } from "../read/shown.js";
import { losersOf } from "./address-contest.js";
import { reservedRole } from "./allocation.js";
import { repair, type Repair } from "./fault.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { soundPoolsOf, usesOwnAllocator } from "./network-faults.js";
import { dynamicAddresses } from "./offer.js";
import { addressesIn, type SoundPool } from "./pool-faults.js";
import { until } from "./profile.js";
import { ALL_ENGINES, CURRENT_ENGINES, includesAny, type Engines, type EngineSpan } from "./releases.js";
import { isMade, runningSets, runTogether } from "./running.js";
import { StartOrder } from "./start-order.js";
import { faultOfAddress, type StaticAddressFault } from "./static-address-fault.js";

interface Settled {
  readonly address: StaticAddress;
  readonly value: Address;
  readonly running: Running;
}

/** A network with all that asks for its addresses. */
interface Surroundings {
  readonly network: Network;
  readonly pools: readonly SoundPool[];
  /** By their addresses, in the order of the file. */
  readonly settled: ReadonlyMap<bigint, readonly Settled[]>;
  readonly order: StartOrder;
  readonly span: EngineSpan;
}

/**
 * What engines refuse about the addresses that services ask for on a network, when it is created or when they start.
 *
 * @param order In which the project's services start; in any, unless given.
 * @param span The releases that count, where the network is another one to others.
 */
export function faultsOfStaticAddresses(
  network: Network,
  order: StartOrder = new StartOrder(),
  span: EngineSpan = CURRENT_ENGINES,
): StaticAddressFault[] {
  const settled: Settled[] = [];
  const faults: StaticAddressFault[] = [];
  for (const { addresses, running } of network.attachments) {
    if (!isMade(running)) continue;
    for (const address of addresses) {
      const value = askedFor(address);
      if (value) settled.push({ address, value, running });
      else faults.push(...malformed(address));
    }
  }
  // Whoever asks for no address loses none.
  if (settled.length === 0 || !usesOwnAllocator(network)) return faults;
  const surroundings: Surroundings = {
    network,
    pools: soundPoolsOf(network),
    settled: byAddress(settled),
    order,
    span,
  };
  const certain = settled.flatMap((each) => judge(surroundings, each));
  // Whoever lies in the range from which others get theirs may lose, or be sure to.
  const known = new Set(certain.filter(({ kind }) => kind !== "dynamic").map(({ address }) => address));
  const contested = ([4, 6] as const).flatMap((family) => contest(surroundings, family));
  return [...faults, ...certain, ...contested.filter(({ address }) => !known.has(address))];
}

/** The engine takes an IPv4 address in the form of IPv6 for what it is. */
function askedFor({ family, address }: StaticAddress): Address | undefined {
  const value = valueOf(address);
  if (value?.family === family) return value;
  return family === 4 && value && isMappedIpv4(value) ? { family, value: value.value & 0xffff_ffffn } : undefined;
}

function byAddress(settled: readonly Settled[]): ReadonlyMap<bigint, readonly Settled[]> {
  const groups = new Map<bigint, Settled[]>();
  for (const each of settled) {
    const group = groups.get(each.value.value);
    if (group) group.push(each);
    else groups.set(each.value.value, [each]);
  }
  return groups;
}

function malformed(address: StaticAddress): StaticAddressFault[] {
  const field = address.address;
  if (field.kind === "unknown") return [];
  const variables = hiddenVariables(field.written);
  const reason = field.kind === "known" ? `it is an IPv${field.value.family} one` : field.why.reason;
  return variables.length > 0
    ? [faultOfAddress("malformed", address, { reason: "" }, { variables })]
    : [faultOfAddress("malformed", address, { reason })];
}

function judge(surroundings: Surroundings, { address, value, running }: Settled): StaticAddressFault[] {
  const { network, pools, settled, order, span } = surroundings;
  const { mode } = network[`ipv${value.family}`];
  const instead = (near: Address | undefined) => ({ repairs: freeOne(surroundings, address, near) });

  if (mode === "automatic")
    return [faultOfAddress("automatic", address, {}, { engines: until("addressesOnAutomatic") })];
  if ((mode !== "explicit" && mode !== "disabled") || !network.pools.every(isSettled)) return [];
  const subnets = subnetsOf(network, value.family);
  const own = subnets.find(({ prefix }) => rangeContains(rangeOf(prefix), value));
  if (!own) {
    if (subnets.length === 0) return [faultOfAddress("disabled", address, {})];
    const [only] = subnets;
    const near = only && subnets.length === 1 ? sameHost(only.prefix, value) : undefined;
    const values = { subnets: subnets.map(({ prefix }) => formatPrefix(prefix)).join(" and ") };
    return [faultOfAddress("outside", address, values, instead(near))];
  }
  // The engine looks whether there is such a subnet, and then gives no address of the family.
  if (mode === "disabled") return [];
  const sound = pools.find(({ pool }) => pool === own.pool);
  const subnet = formatPrefix(own.prefix);
  const reserved = reservedRole(own.prefix, value);
  if (reserved !== undefined) return [faultOfAddress("reserved", address, { reserved, subnet }, instead(value))];
  const held = sound && holderOf(network, sound, value, span);
  if (held) {
    const { holder, engines } = held;
    return [faultOfAddress("taken", address, { holder, subnet }, { ...instead(value), engines })];
  }
  const sharing = settled.get(value.value) ?? [];
  const twin = sharing
    .slice(
      0,
      sharing.findIndex((other) => other.address === address),
    )
    .find((other) => runTogether(other.running, running) && !areInTurn(order, other.address.service, address.service));
  if (twin) {
    const other = twin.address.address.at;
    return [faultOfAddress("duplicate", address, { other: twin.address.service }, { ...instead(value), other })];
  }
  if (running.copies > 1) return [faultOfAddress("copies", address, { copies: String(running.copies) })];
  const range = sound && valueOf(sound.pool.ipRange);
  if (range && rangeContains(rangeOf(range), value)) {
    return [faultOfAddress("dynamic", address, { range: formatPrefix(maskPrefix(range)) })];
  }
  return [];
}

/** Whether one of two services has ended when the other one starts. */
function areInTurn(order: StartOrder, one: string, other: string): boolean {
  return order.endedBefore(one).has(other) || order.endedBefore(other).has(one);
}

function takesAny(family: Family): (attachment: Network["attachments"][number]) => boolean {
  return ({ addresses, running }) => isMade(running) && !addresses.some((address) => address.family === family);
}

/** Addresses that others of the network take away, or may. */
function contest({ network, settled, order, span }: Surroundings, family: Family): StaticAddressFault[] {
  const addressing = network[`ipv${family}`];
  if (addressing.mode !== "explicit" || !network.pools.every(isSettled)) return [];
  const asked = new Map([...settled.values()].flat().map(({ address, value }) => [address, value.value]));
  const found = new Map<string, StaticAddressFault>();
  for (const offer of dynamicAddresses(network, family, addressing.subnets, span)) {
    for (const running of runningSets(network.attachments)) {
      const contenders = running.flatMap(({ service, addresses, running: { copies } }) => {
        const own = addresses.find((address) => address.family === family);
        // Whoever has one that nobody knows takes none of the others.
        if (own && !asked.has(own)) return [];
        return [{ service, copies, address: own && asked.get(own) }];
      });
      for (const { service, address: value, always, taker } of losersOf(contenders, offer, order)) {
        const attachment = running.find((one) => one.service === service);
        const address = attachment?.addresses.find((one) => one.family === family && asked.get(one) === value);
        if (!address) continue;
        const kind = always ? "takenBefore" : "mayBeTaken";
        const known = found.get(service);
        const isWorse = !known || (known.kind === "mayBeTaken" && always);
        const engines = known && known.kind === kind ? ALL_ENGINES : offer.engines;
        if (isWorse || known.kind === kind) found.set(service, faultOfAddress(kind, address, { taker }, { engines }));
      }
    }
  }
  return [...found.values()];
}

/** Whether the pool's subnet can't become another one. */
function isSettled(pool: IpamPool): boolean {
  const kind = kindOfPool(pool);
  return kind === "explicit" || kind === "refused" || kind === "unusable";
}

interface Holder {
  readonly holder: string;
  readonly engines: Engines;
}

/** Who has an address of a pool before any service starts, and on which engines. */
function holderOf(network: Network, { pool, subnet }: SoundPool, value: Address, span: EngineSpan): Holder | undefined {
  for (const { role, field } of addressesIn(pool)) {
    const address = valueOf(field);
    if (address && equal(address, value)) return { holder: `the ${role}`, engines: ALL_ENGINES };
  }
  const engines = choosingGateway(network, value.family);
  const isChosen = pool.gateway.kind === "absent" && includesAny(engines, span);
  const chosen = isChosen ? chosenGateway(pool, subnet) : undefined;
  if (typeof chosen !== "object" || !equal(chosen, value)) return undefined;
  return { holder: "the gateway, which takes the first free address unless the file says another", engines };
}

/** To write another address in its place: one that nobody holds, and that nobody is given before. */
function freeOne(surroundings: Surroundings, asking: StaticAddress, near: Address | undefined): readonly Repair[] {
  const field = asking.address;
  const free = near && field.kind === "known" ? nextFree(surroundings, asking, near) : undefined;
  return free && field.kind === "known" ? [repair({ role: "", field }, formatAddress(free), false)] : [];
}

function nextFree(
  { network, pools, settled, span }: Surroundings,
  asking: StaticAddress,
  near: Address,
): Address | undefined {
  const { family } = near;
  const sound = pools.find(({ subnet }) => rangeContains(rangeOf(subnet), near));
  if (!sound) return undefined;
  const { last } = rangeOf(sound.subnet);
  const range = valueOf(sound.pool.ipRange);
  const others = network.attachments.filter(({ running }) => isMade(running));
  const given = others.filter(takesAny(family)).reduce((sum, { running }) => sum + BigInt(running.copies), 0n);
  const isOther = ({ address, value }: Settled): boolean => address !== asking && value.family === family;
  const isHeld = (value: bigint): boolean => settled.get(value)?.some(isOther) === true;
  const offers = dynamicAddresses(network, family, subnetsOf(network, family), span);
  /** Not even when all others start first. */
  const isReached = (value: bigint): boolean => {
    if (given === 0n) return false;
    const held = [...settled.values()].flat().filter((other) => isOther(other) && other.value.value < value);
    const below = BigInt(held.length);
    return offers.some((offer) => (offer.lowerThan(value) ?? given + below) < given + below);
  };
  const isFree = (value: bigint): boolean => {
    const address: Address = { family, value };
    const isDynamic =
      range !== undefined && containsPrefix(sound.subnet, range) && rangeContains(rangeOf(range), address);
    return (
      !isDynamic &&
      reservedRole(sound.subnet, address) === undefined &&
      holderOf(network, sound, address, span) === undefined &&
      !isHeld(value) &&
      !isReached(value)
    );
  };
  for (let step = 0n; step < SEARCHED; step += 1n) {
    if (near.value + step <= last.value && isFree(near.value + step)) return { family, value: near.value + step };
  }
  return undefined;
}

/** The subnets of a family that the file gives the network, whether the family is on or not. */
function subnetsOf(network: Network, family: Family): readonly ExplicitSubnet[] {
  const addressing = network[`ipv${family}`];
  if (addressing.mode === "explicit") return addressing.subnets;
  return network.pools.flatMap((pool): ExplicitSubnet[] => {
    const { subnet } = pool;
    if (subnet.kind !== "known" || kindOfPool(pool) !== "explicit" || familyOfPool(pool) !== family) return [];
    return [{ prefix: maskPrefix(subnet.value), text: subnet.text, at: subnet.at, written: subnet.written, pool }];
  });
}

/** Farther away, an address has nothing in common with the one that was written. */
const SEARCHED = 1024n;

/** The address with the same host part in another subnet. */
function sameHost(subnet: Prefix, { family, value }: Address): Address {
  const { first, last } = rangeOf(subnet);
  return { family, value: first.value | (value & (last.value ^ first.value)) };
}

function equal(one: Address, other: Address): boolean {
  return one.family === other.family && one.value === other.value;
}
