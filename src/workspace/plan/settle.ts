import { formatAddress, type Address } from "../../ipam/address.js";
import type { AllocationFault } from "../../ipam/allocator.js";
import { containsPrefix, formatPrefix, maskPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains, rangesOverlap } from "../../ipam/range.js";
import { isKept } from "../../compose/engine/allocation.js";
import type { RangeSet } from "../../ipam/range-set.js";
import type { ForbiddenRange } from "../../policy/policy.js";
import { holdersIn, type Holder } from "./holders.js";
import { servesDirectory, type PlanPool } from "./plan-space.js";
import type { Claim, PlannedSubnet } from "./claim.js";

type Taken = readonly RangeSet<Holder | ForbiddenRange | undefined>[];

/**
 * The subnets that static addresses ask for, on networks that have none. The engine refuses such addresses, so whoever
 * wrote them has chosen the subnet and forgotten to say so. Its size is that of the pool.
 *
 * @returns for each claim with static addresses, the subnet or why it can't be.
 */
export function settle(
  claims: readonly Claim[],
  pools: readonly PlanPool[],
  taken: Taken,
): ReadonlyMap<string, PlannedSubnet> {
  const settled = new Map<string, PlannedSubnet>();
  const given: { readonly subnet: Prefix; readonly by: string }[] = [];
  for (const { key, family, addresses = [], directory, by = key } of claims) {
    if (addresses.length === 0 || settled.has(key)) continue;
    const usable = pools.filter((pool) => pool.prefix.address.family === family && servesDirectory(pool, directory));
    const asked = askedFor(addresses, usable);
    if (!asked) {
      settled.set(key, fault("its static addresses do not lie in one subnet of the size that the pools have"));
      continue;
    }
    const { subnet } = asked;
    const range = rangeOf(subnet);
    const [holder] = holdersIn(range, taken);
    const rival = holder ?? given.find((other) => rangesOverlap(rangeOf(other.subnet), range));
    const unusable = addresses.find((address) => isKept(subnet, address));
    if (rival) settled.set(key, fault(`its static addresses ask for ${formatPrefix(subnet)}, where ${rival.by} lies`));
    else if (unusable) {
      const why = `its static address ${formatAddress(unusable)} is one that Docker keeps for itself in ${formatPrefix(subnet)}`;
      settled.set(key, fault(why));
    } else {
      given.push({ subnet, by });
      settled.set(key, asked);
    }
  }
  return settled;
}

/** A subnet of a pool comes before one of a pool's size elsewhere. */
function askedFor(
  addresses: readonly Address[],
  pools: readonly PlanPool[],
): (PlannedSubnet & { ok: true }) | undefined {
  const candidates = pools.flatMap((pool) => {
    const [address] = addresses;
    if (!address) return [];
    const subnet = maskPrefix({ address, length: pool.length });
    const holdsAll = addresses.every((other) => rangeContains(rangeOf(subnet), other));
    return holdsAll ? [{ pool, subnet }] : [];
  });
  const inside = candidates.find(({ pool, subnet }) => containsPrefix(pool.prefix, subnet));
  if (inside) return { ok: true, subnet: inside.subnet };
  const [outside] = candidates;
  return outside && { ok: true, subnet: outside.subnet, outsidePools: true };
}

function fault(reason: string): { readonly ok: false; readonly fault: AllocationFault } {
  return { ok: false, fault: { kind: "settled", pools: [], reason } };
}
