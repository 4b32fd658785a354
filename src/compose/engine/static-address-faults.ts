import { formatAddress, parseAddress, type Address, type Family } from "../../ipam/address.js";
import { containsPrefix, formatPrefix, maskPrefix, parsePrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { Network } from "../project/network.js";
import type { Running, StaticAddress } from "../project/service.js";
import { hiddenVariables } from "../read/shown.js";
import { samePlace, type Place } from "../../kit/source.js";
import type { ScalarValue } from "../read/value.js";
import { reservedRole } from "./allocation.js";
import { choosesGateway, soundPoolsOf, usesOwnAllocator } from "./network-faults.js";
import { chosenGateway, type SoundPool } from "./pool-faults.js";
import { isField } from "./pool-request.js";

/** Something about an address that a service asks for. */
export interface StaticAddressFault {
  readonly kind: StaticAddressFaultKind;
  readonly address: StaticAddress;
  readonly place: Place;
  readonly values: Readonly<Record<string, string>>;
  /** Those that hold the address which is none, and which no message prints. */
  readonly variables?: readonly string[];
  /** An address that nobody holds, to be written in its place. */
  readonly free?: { readonly written: ScalarValue; readonly from: string; readonly to: string };
  /** The other one, when two of them are at odds. */
  readonly other?: Place;
}

export type StaticAddressFaultKind =
  "malformed" | "automatic" | "disabled" | "outside" | "reserved" | "taken" | "duplicate" | "copies" | "dynamic";

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
      const { text } = address;
      if (!text.known) continue;
      const parsed = parseAddress(text.text);
      const family: Family = address.field === "ipv4_address" ? 4 : 6;
      const place = text.written.place;
      if (!parsed.ok || parsed.value.family !== family) {
        const variables = hiddenVariables(text.written);
        const reason = parsed.ok ? `it is an IPv${parsed.value.family} one` : parsed.fault.reason;
        const said = variables.length > 0 ? { values: {}, variables } : { values: { reason } };
        faults.push({ kind: "malformed", address, place, ...said });
        continue;
      }
      settled.push({ address, value: parsed.value, running });
    }
  }
  if (!usesOwnAllocator(network)) return faults;
  return [
    ...faults,
    ...settled.flatMap((each, index) => judge(network, pools, each, settled.slice(0, index), settled)),
  ];
}

function judge(
  network: Network,
  pools: readonly SoundPool[],
  { address, value, running }: Settled,
  earlier: readonly Settled[],
  all: readonly Settled[],
): StaticAddressFault[] {
  const { text } = address;
  const addressing = value.family === 4 ? network.ipv4 : network.ipv6;
  const place = text.written.place;
  const found = (
    kind: StaticAddressFaultKind,
    values: Readonly<Record<string, string>>,
    near?: Address,
    other?: Place,
  ): StaticAddressFault => {
    const free = near && text.known ? freeAddress(network, pools, near, all) : undefined;
    return {
      kind,
      address,
      place,
      values,
      ...(free && text.known && { free: { written: text.written, from: text.text, to: formatAddress(free) } }),
      ...(other && { other }),
    };
  };

  if (addressing.mode === "automatic") return [found("automatic", { family: `IPv${value.family}` })];
  if (addressing.mode === "disabled") return [found("disabled", { family: `IPv${value.family}` })];
  if (addressing.mode !== "explicit" || network.pools.some(({ subnet }) => !isSettled(subnet.kind))) return [];
  const own = addressing.subnets.find(({ prefix }) => rangeContains(rangeOf(prefix), value));
  if (!own) {
    const subnets = addressing.subnets.map(({ prefix }) => formatPrefix(prefix)).join(" and ");
    const [only] = addressing.subnets;
    const near = only && addressing.subnets.length === 1 ? sameHost(only.prefix, value) : undefined;
    return [found("outside", { subnets }, near)];
  }
  const pool = pools.find(({ request }) => request.pool === own.pool);
  const subnet = formatPrefix(own.prefix);
  const reserved = reservedRole(own.prefix, value);
  if (reserved !== undefined) return [found("reserved", { reserved, subnet }, value)];
  const holder = pool && holderOf(network, pool, value);
  if (holder !== undefined) return [found("taken", { holder, subnet }, value)];
  const twin = earlier.find(
    (other) =>
      equal(other.value, value) &&
      // Whoever inherits an address by `extends` or a merge key is most often a variant that runs instead.
      !samePlace(other.address.text.written.place, place) &&
      runTogether(other.running, running),
  );
  if (twin) {
    return [found("duplicate", { other: twin.address.service }, value, twin.address.text.written.place)];
  }
  if (running.copies > 1) return [found("copies", { copies: String(running.copies) })];
  const range = pool && isField(pool.request.range) ? parsePrefix(pool.request.range.text) : undefined;
  if (range?.ok && rangeContains(rangeOf(range.value), value)) {
    return [found("dynamic", { range: formatPrefix(maskPrefix(range.value)) })];
  }
  return [];
}

function isSettled(kind: Network["pools"][number]["subnet"]["kind"]): boolean {
  return kind === "prefix" || kind === "refused";
}

/** Who has an address of a pool before any service starts. */
function holderOf(network: Network, pool: SoundPool, value: Address): string | undefined {
  const { gateway, auxiliary } = pool.request;
  for (const reading of [gateway, ...auxiliary]) {
    if (!isField(reading)) continue;
    const address = parseAddress(reading.text);
    if (address.ok && equal(address.value, value)) return `the ${reading.role}`;
  }
  const chosen = gateway === "absent" && choosesGateway(network) ? chosenGateway(pool) : undefined;
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
  const pool = pools.find(({ subnet }) => rangeContains(rangeOf(subnet), near));
  if (!pool) return undefined;
  const { first, last } = rangeOf(pool.subnet);
  const range = isField(pool.request.range) ? parsePrefix(pool.request.range.text) : undefined;
  const isFree = (value: bigint): boolean => {
    const address: Address = { family: first.family, value };
    const dynamic =
      range?.ok === true && containsPrefix(pool.subnet, range.value) && rangeContains(rangeOf(range.value), address);
    return (
      !dynamic &&
      reservedRole(pool.subnet, address) === undefined &&
      holderOf(network, pool, address) === undefined &&
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
