import { lengthFor } from "../compose/engine/capacity.js";
import { isMade } from "../compose/engine/running.js";
import type { Family } from "../ipam/address.js";
import { unsafeCandidates, type AddressPool } from "../ipam/docker-pools.js";
import { rangeOf } from "../ipam/prefix.js";
import { RangeSet } from "../ipam/range-set.js";
import type { DaemonPool, PolicyPool } from "../policy/policy.js";
import type { AutomaticNetwork, HostLoad } from "../workspace/host-load.js";
import type { Plan } from "../workspace/plan/plan.js";

/** A pool, and the length of subnets into which it must be cut instead. */
export interface FinerCut<Pool> {
  readonly pool: Pool;
  readonly length: number;
}

/** The smallest change of one of the daemons' pools that gives each network a subnet, and leaves each one large enough. */
export function finerDaemonPool(pools: readonly DaemonPool[], load: HostLoad): FinerCut<DaemonPool> | undefined {
  const wanted = BigInt(load.automatic.length);
  return finest(pools, sizeOf, longestFor(load.automatic, load.family), (pool, length) => {
    const changed = pools.map((each): AddressPool => (each === pool ? { base: each.base, size: length } : each));
    return load.roomWith(changed) >= wanted;
  });
}

/**
 * The smallest change of one of the policy's pools after which the plan has a subnet for each of some networks.
 *
 * @param open Those that it has none for.
 */
export function finerPool(
  pools: readonly PolicyPool[],
  plan: Pick<Plan, "holdersIn">,
  open: readonly AutomaticNetwork[],
  family: Family,
  serves: (pool: PolicyPool, network: AutomaticNetwork) => boolean,
): FinerCut<PolicyPool> | undefined {
  const fitting = pools.filter(
    (pool) => pool.prefix.address.family === family && open.every((network) => serves(pool, network)),
  );
  const uses = new Map<PolicyPool, PoolUse>();
  return finest(fitting, lengthOf, longestFor(open, family), (pool, length) => {
    const { planned, others } = uses.get(pool) ?? useOf(pool, plan);
    uses.set(pool, { planned, others });
    const { total, unsafe } = unsafeCandidates([{ base: pool.prefix, size: length }], others);
    return total - unsafe >= BigInt(planned + open.length);
  });
}

/** Who has a pool: networks that would be planned again, and all else. */
interface PoolUse {
  readonly planned: number;
  readonly others: RangeSet<true>;
}

function useOf({ prefix }: PolicyPool, plan: Pick<Plan, "holdersIn">): PoolUse {
  const holders = plan.holdersIn(rangeOf(prefix));
  const others = holders.filter(({ kind }) => kind !== "planned").map(({ range }) => ({ range, value: true }) as const);
  return { planned: holders.length - others.length, others: new RangeSet<true>(others) };
}

/** More are not looked at. */
const MOST_POOLS = 50;

function finest<Pool>(
  pools: readonly Pool[],
  lengthNow: (pool: Pool) => number,
  longest: number,
  isEnough: (pool: Pool, length: number) => boolean,
): FinerCut<Pool> | undefined {
  for (let steps = 1; steps <= longest; steps += 1) {
    for (const pool of pools.slice(0, MOST_POOLS)) {
      const length = lengthNow(pool) + steps;
      if (length <= longest && isEnough(pool, length)) return { pool, length };
    }
  }
  return undefined;
}

function sizeOf({ size }: DaemonPool): number {
  return size;
}

function lengthOf({ length }: PolicyPool): number {
  return length;
}

/** Smaller subnets are seldom enough once a project grows. */
const SMALLEST = { 4: 28, 6: 64 } as const;

/** The longest prefix with room for the containers of the largest of some networks. */
function longestFor(networks: readonly AutomaticNetwork[], family: Family): number {
  const lengths = networks.map(({ network: { attachments } }) => {
    const made = attachments.filter(({ running }) => isMade(running));
    return lengthFor(
      made.reduce((sum, { running }) => sum + running.copies, 0),
      family,
    );
  });
  return lengths.reduce<number>((shortest, length) => Math.min(shortest, length), SMALLEST[family]);
}
