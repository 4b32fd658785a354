import { compareAddresses } from "./address.js";
import { containsPrefix, maskPrefix, type Prefix, rangeOf } from "./prefix.js";
import type { RangeSet } from "./range-set.js";
import { cutSubnets } from "./subnet-slots.js";

/** An entry of Docker's `default-address-pools`: `base` is cut into subnets of `/size`. */
export interface AddressPool {
  readonly base: Prefix;
  readonly size: number;
}

/**
 * What Docker Engine cuts the subnets of local networks from when daemon.json says nothing: 31 candidates.
 * Source: `localScopeDefaultNetworks` in moby's libnetwork/ipamutils, the same from 20.10 to 29.
 */
export const DOCKER_DEFAULT_POOLS: readonly AddressPool[] = [
  ipv4Pool([172, 17], 16, 16),
  ipv4Pool([172, 18], 16, 16),
  ipv4Pool([172, 19], 16, 16),
  ipv4Pool([172, 20], 14, 16),
  ipv4Pool([172, 24], 14, 16),
  ipv4Pool([172, 28], 14, 16),
  ipv4Pool([192, 168], 16, 20),
];

/**
 * What a swarm cuts the subnets of overlay networks from: 65,536 candidates.
 * Source: `globalScopeDefaultNetworks` in moby's libnetwork/ipamutils.
 */
export const DOCKER_OVERLAY_POOLS: readonly AddressPool[] = [ipv4Pool([10, 0], 8, 24)];

/** What Docker may hand out, held against forbidden ranges. */
export interface UnsafeCandidates<T> {
  readonly total: bigint;
  /** How many of them overlap a forbidden range. */
  readonly unsafe: bigint;
  /** The lowest of those, and the first forbidden range that it overlaps. */
  readonly first?: { readonly candidate: Prefix; readonly hit: T };
}

/**
 * The pools as Docker Engine 27 and later use them: by base address and not in the order of daemon.json, without those
 * whose base lies inside another one. Host bits of a base are cleared. A pool whose size is shorter than its base,
 * which keeps the engine from starting, has no candidates.
 */
export function effectivePools(pools: readonly AddressPool[]): AddressPool[] {
  const sorted = pools
    .map(({ base, size }) => ({ base: maskPrefix(base), size }))
    .sort((a, b) => compareAddresses(a.base.address, b.base.address) || a.base.length - b.base.length);
  const kept: AddressPool[] = [];
  for (const pool of sorted) {
    const previous = kept.at(-1);
    if (!previous || !containsPrefix(previous.base, pool.base)) kept.push(pool);
  }
  return kept;
}

/**
 * The subnets that Docker may choose by itself, in ascending order, IPv4 first: at most `limit` of them, since one IPv6
 * base may hold 2^80. The order and the choice of pools are those of Engine 27 and later, see `effectivePools`;
 * earlier engines keep the order of daemon.json and start from a different place each time.
 */
export function candidateSubnets(pools: readonly AddressPool[], limit = 65_536): Prefix[] {
  const candidates: Prefix[] = [];
  for (const { base, size } of effectivePools(pools)) {
    const slots = cutSubnets(base, size);
    for (let slot = 0n; slot < slots.count && candidates.length < limit; slot++) candidates.push(slots.subnetAt(slot));
  }
  return candidates;
}

/** The number of candidates, which are not made for it. */
export function countCandidates(pools: readonly AddressPool[]): bigint {
  return effectivePools(pools).reduce((total, { base, size }) => total + cutSubnets(base, size).count, 0n);
}

/**
 * Counts the candidates that overlap a forbidden range and names the lowest. Exact for pools of any size: it walks over
 * the forbidden ranges inside a pool, not over its candidates.
 */
export function unsafeCandidates<T>(pools: readonly AddressPool[], forbidden: RangeSet<T>): UnsafeCandidates<T> {
  let total = 0n;
  let unsafe = 0n;
  let first: UnsafeCandidates<T>["first"];
  for (const { base, size } of effectivePools(pools)) {
    const slots = cutSubnets(base, size);
    if (slots.count === 0n) continue;
    const whole = rangeOf(base);
    total += slots.count;
    let next = 0n;
    for (const { range, value } of forbidden.overlappingEntries(whole)) {
      const begin = range.first.value > whole.first.value ? slots.slotOf(range.first.value) : 0n;
      const end = range.last.value < whole.last.value ? slots.slotOf(range.last.value) : slots.count - 1n;
      const from = begin > next ? begin : next;
      if (from > end) continue;
      first ??= { candidate: slots.subnetAt(from), hit: value };
      unsafe += end - from + 1n;
      next = end + 1n;
    }
  }
  return first ? { total, unsafe, first } : { total, unsafe };
}

function ipv4Pool([high, low]: readonly [number, number], length: number, size: number): AddressPool {
  return { base: { address: { family: 4, value: BigInt(high * 256 + low) << 16n }, length }, size };
}
