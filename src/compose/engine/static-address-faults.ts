import { formatAddress, type Address } from "../../ipam/address.js";
import { containsPrefix, formatPrefix, maskPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import { valueOf } from "../project/field.js";
import { kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import type { Running, StaticAddress } from "../project/service.js";
import { hiddenVariables } from "../read/shown.js";
import { samePlace } from "../../kit/source.js";
import { reservedRole } from "./allocation.js";
import { repair, type Repair } from "./fault.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { soundPoolsOf, usesOwnAllocator } from "./network-faults.js";
import { addressesIn, type SoundPool } from "./pool-faults.js";
import { CURRENT_ENGINES, includesAll } from "./releases.js";
import { faultOfAddress, type StaticAddressFault } from "./static-address-fault.js";

interface Settled {
  readonly address: StaticAddress;
  readonly value: Address;
  readonly running: Running;
}

/** What engines refuse about the addresses that services ask for on a network, when it is created or when they start. */
export function faultsOfStaticAddresses(network: Network): StaticAddressFault[] {
  const pools = soundPoolsOf(network);
  const settled: Settled[] = [];
  const faults: StaticAddressFault[] = [];
  for (const { addresses, running } of network.attachments) {
    for (const address of addresses) {
      const value = valueOf(address.address);
      if (value?.family === address.family) settled.push({ address, value, running });
      else faults.push(...malformed(address));
    }
  }
  if (!usesOwnAllocator(network)) return faults;
  return [
    ...faults,
    ...settled.flatMap((each, index) => judge(network, pools, each, settled.slice(0, index), settled)),
  ];
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

function judge(
  network: Network,
  pools: readonly SoundPool[],
  { address, value, running }: Settled,
  earlier: readonly Settled[],
  all: readonly Settled[],
): StaticAddressFault[] {
  const addressing = value.family === 4 ? network.ipv4 : network.ipv6;
  /** To write one that nobody holds in its place. */
  const instead = (near: Address | undefined): { readonly repairs: readonly Repair[] } => {
    const field = address.address;
    const free = near && freeAddress(network, pools, near, all);
    const isWritable = free && field.kind === "known";
    return { repairs: isWritable ? [repair({ role: "", field }, formatAddress(free), false)] : [] };
  };

  if (addressing.mode === "automatic")
    return [faultOfAddress("automatic", address, {}, { engines: { before: "29.1" } })];
  if (addressing.mode === "disabled") return [faultOfAddress("disabled", address, {})];
  if (addressing.mode !== "explicit" || !network.pools.every(isSettled)) return [];
  const own = addressing.subnets.find(({ prefix }) => rangeContains(rangeOf(prefix), value));
  if (!own) {
    const subnets = addressing.subnets.map(({ prefix }) => formatPrefix(prefix)).join(" and ");
    const [only] = addressing.subnets;
    const near = only && addressing.subnets.length === 1 ? sameHost(only.prefix, value) : undefined;
    return [faultOfAddress("outside", address, { subnets }, instead(near))];
  }
  const sound = pools.find(({ pool }) => pool === own.pool);
  const subnet = formatPrefix(own.prefix);
  const reserved = reservedRole(own.prefix, value);
  if (reserved !== undefined) return [faultOfAddress("reserved", address, { reserved, subnet }, instead(value))];
  const holder = sound && holderOf(network, sound, value);
  if (holder !== undefined) return [faultOfAddress("taken", address, { holder, subnet }, instead(value))];
  const twin = earlier.find(
    (other) =>
      equal(other.value, value) &&
      // Whoever inherits an address by `extends` or a merge key is most often a variant that runs instead.
      !samePlace(other.address.address.at, address.address.at) &&
      runTogether(other.running, running),
  );
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

/** Whether the pool's subnet can't become another one. */
function isSettled(pool: IpamPool): boolean {
  const kind = kindOfPool(pool);
  return kind === "explicit" || kind === "refused" || kind === "unusable";
}

/** Who has an address of a pool before any service starts. */
function holderOf(network: Network, { pool, subnet }: SoundPool, value: Address): string | undefined {
  for (const { role, field } of addressesIn(pool)) {
    const address = valueOf(field);
    if (address && equal(address, value)) return `the ${role}`;
  }
  const isChosen =
    pool.gateway.kind === "absent" && includesAll(choosingGateway(network, value.family), CURRENT_ENGINES);
  const chosen = isChosen ? chosenGateway(pool, subnet) : undefined;
  if (typeof chosen !== "object" || !equal(chosen, value)) return undefined;
  return "the gateway, which takes the first free address unless the file says another";
}

/**
 * Services behind different profiles are taken for alternatives, although somebody may enable both. Of a service whose
 * profiles can't be told, nobody knows.
 */
function runTogether(one: Running, other: Running): boolean {
  if (one.profiles === "unknown" || other.profiles === "unknown") return false;
  if (one.profiles === undefined || other.profiles === undefined) return true;
  const { profiles } = other;
  return one.profiles.some((profile) => profiles.includes(profile));
}

/** The next address that nobody of the network holds, and that the engine does not give away by itself. */
function freeAddress(
  network: Network,
  pools: readonly SoundPool[],
  near: Address,
  all: readonly Settled[],
): Address | undefined {
  const sound = pools.find(({ subnet }) => rangeContains(rangeOf(subnet), near));
  if (!sound) return undefined;
  const { first, last } = rangeOf(sound.subnet);
  const range = valueOf(sound.pool.ipRange);
  const isFree = (value: bigint): boolean => {
    const address: Address = { family: first.family, value };
    const dynamic =
      range !== undefined && containsPrefix(sound.subnet, range) && rangeContains(rangeOf(range), address);
    return (
      !dynamic &&
      reservedRole(sound.subnet, address) === undefined &&
      holderOf(network, sound, address) === undefined &&
      !all.some((other) => equal(other.value, address))
    );
  };
  for (let step = 0n; step < SEARCHED; step += 1n) {
    if (near.value + step <= last.value && isFree(near.value + step)) {
      return { family: first.family, value: near.value + step };
    }
  }
  return undefined;
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
