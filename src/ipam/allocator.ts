import type { Family } from "./address.js";
import { hashKey } from "./key-hash.js";
import { createOccupancy, type Occupancy } from "./occupancy.js";
import { formatPrefix, type Prefix, rangeOf } from "./prefix.js";
import type { RangeSet } from "./range-set.js";
import { cutSubnets, type SubnetSlots } from "./subnet-slots.js";

export { hashKey } from "./key-hash.js";

/** A network that wants a subnet. The hash of `key` says which one it would like best. */
export interface SubnetRequest {
  readonly key: string;
  readonly family: Family;
  /** Which pools serve it: all of its family unless given. */
  readonly mayUse?: (pool: AllocationPool) => boolean;
}

/** A prefix out of which subnets of `/length` are cut. */
export interface AllocationPool {
  readonly prefix: Prefix;
  readonly length: number;
}

export interface AllocatorInput {
  /** The order settles ties. */
  readonly requests: readonly SubnetRequest[];
  /** In the order of preference. A request is served from those of its family. They may overlap. */
  readonly pools: readonly AllocationPool[];
  /** No subnet that shares an address with one of these ranges is given: forbidden ranges, subnets already written. */
  readonly taken: readonly RangeSet<unknown>[];
}

/** Why a request gets no subnet. */
export interface AllocationFault {
  readonly kind: "no-pool" | "full" | "settled";
  /** The pools that were tried, with the number of their subnets, all of which are taken. */
  readonly pools: readonly { readonly pool: AllocationPool; readonly subnets: bigint }[];
  readonly reason: string;
}

export type Allocation =
  { readonly ok: true; readonly subnet: Prefix } | { readonly ok: false; readonly fault: AllocationFault };

interface OpenPool {
  readonly pool: AllocationPool;
  readonly slots: SubnetSlots;
  full: boolean;
}

/**
 * Gives each request a subnet of its own, in the order of the requests.
 *
 * First every request whose wanted subnet is free gets it, then each of the others gets the next free one upwards from
 * the wanted one, round the end of the pool, and from the next pool when that one is full. So whichever of the results
 * are written down, and are taken from then on, the others stay what they were.
 */
export function allocateSubnets({ requests, pools, taken }: AllocatorInput): Allocation[] {
  const occupancy = createOccupancy(taken);
  const open = pools.map((pool): OpenPool => {
    const slots = cutSubnets(pool.prefix, pool.length);
    return { pool, slots, full: slots.count === 0n };
  });
  const poolsOf = ({ family, mayUse }: SubnetRequest): OpenPool[] =>
    open.filter(({ pool }) => pool.prefix.address.family === family && (mayUse?.(pool) ?? true));

  const wanted = requests.map((request) => giveWanted(request.key, poolsOf(request), occupancy));
  return requests.map((request, position) => {
    const pools = poolsOf(request);
    const subnet = wanted[position] ?? giveNext(request.key, pools, occupancy);
    return subnet ? { ok: true, subnet } : { ok: false, fault: describeFault(request.family, pools, open) };
  });
}

function giveWanted(key: string, pools: readonly OpenPool[], occupancy: Occupancy): Prefix | undefined {
  const slots = pools.find(({ full }) => !full)?.slots;
  if (!slots) return undefined;
  const wanted = wantedSlot(key, slots);
  return findFree(slots, wanted, wanted + 1n, occupancy);
}

function giveNext(key: string, pools: readonly OpenPool[], occupancy: Occupancy): Prefix | undefined {
  for (const pool of pools) {
    if (pool.full) continue;
    const wanted = wantedSlot(key, pool.slots);
    const subnet =
      findFree(pool.slots, wanted, pool.slots.count, occupancy) ?? findFree(pool.slots, 0n, wanted, occupancy);
    if (subnet) return subnet;
    pool.full = true;
  }
  return undefined;
}

/** Occupies the first free subnet of the slots from `from` to `end`, `end` not included. */
function findFree(slots: SubnetSlots, from: bigint, end: bigint, occupancy: Occupancy): Prefix | undefined {
  let slot = from;
  while (slot < end) {
    const subnet = slots.subnetAt(slot);
    const range = rangeOf(subnet);
    const blocker = occupancy.blocker(range);
    if (!blocker) {
      occupancy.occupy(range);
      return subnet;
    }
    // One step over all that the blocker covers: a forbidden /8 may hold 2^56 subnets.
    slot = slots.slotOf(blocker.last.value) + 1n;
  }
  return undefined;
}

function wantedSlot(key: string, slots: SubnetSlots): bigint {
  return BigInt(hashKey(key)) % slots.count;
}

function describeFault(family: Family, tried: readonly OpenPool[], all: readonly OpenPool[]): AllocationFault {
  const pools = tried.map(({ pool, slots }) => ({ pool, subnets: slots.count }));
  if (pools.length === 0) {
    const isForOthers = all.some(({ pool }) => pool.prefix.address.family === family);
    return { kind: "no-pool", pools, reason: `no IPv${family} pool is declared${isForOthers ? " for it" : ""}` };
  }
  const names = pools.map(({ pool, subnets }) =>
    subnets === 0n
      ? `${formatPrefix(pool.prefix)} holds no /${pool.length}`
      : `${formatPrefix(pool.prefix)} is full (${subnets} of ${subnets} subnets of /${pool.length} taken)`,
  );
  return { kind: "full", pools, reason: names.join(", and ") };
}
