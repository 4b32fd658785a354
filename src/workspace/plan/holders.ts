import { allocateSubnets, type AllocationFault, type AllocationPool } from "../../ipam/allocator.js";
import { compareAddresses, type AddressRange } from "../../ipam/address.js";
import { formatPrefix, rangeOf } from "../../ipam/prefix.js";
import type { RangeSet } from "../../ipam/range-set.js";
import type { ForbiddenRange } from "../../policy/policy.js";

/** Who has a say in a range of addresses. */
export interface Holder {
  readonly kind: "forbidden" | "docker" | "written" | "planned";
  /** As messages name it: `network "front" of compose.yaml`. */
  readonly by: string;
}

export interface HeldRange extends Holder {
  readonly range: AddressRange;
}

type Taken = readonly RangeSet<Holder | ForbiddenRange | undefined>[];

/** In the order of addresses; of two that begin together, the one that a policy names first. */
export function holdersIn(range: AddressRange, taken: Taken): HeldRange[] {
  return taken
    .flatMap((ranges) => ranges.overlappingEntries(range))
    .map(({ range: held, value }) => ({ range: held, ...holderOf(value) }))
    .sort((left, right) => compareAddresses(left.range.first, right.range.first));
}

function holderOf(value: Holder | ForbiddenRange | undefined): Holder {
  if (value === undefined) return { kind: "forbidden", by: "a range that is taken" };
  if ("by" in value) return value;
  const { name, written } = value;
  return { kind: "forbidden", by: `the forbidden range ${name === undefined ? written : `"${name}"`}` };
}

/** Names those who are first in the way, and the size of subnet that a pool would still have. */
export function explainFull(fault: AllocationFault, taken: Taken): AllocationFault {
  if (fault.kind !== "full") return fault;
  const reasons = fault.pools.map(({ pool, subnets }) => {
    const name = formatPrefix(pool.prefix);
    if (subnets === 0n) return `${name} holds no /${pool.length}`;
    const length = nextFreeLength(pool, taken);
    const left = length === undefined ? "no smaller one is free either" : `the next free size is /${length}`;
    return `${name} is full (${subnets} of ${subnets} subnets of /${pool.length} taken, by ${namesIn(pool, taken)}; ${left})`;
  });
  return { ...fault, reason: reasons.join(", and ") };
}

const MOST_NAMES = 2;

function namesIn({ prefix }: AllocationPool, taken: Taken): string {
  const names = [...new Set(holdersIn(rangeOf(prefix), taken).map(({ by }) => by))];
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(" and ");
}

const LONGEST = { 4: 30, 6: 126 } as const;

function nextFreeLength({ prefix, length }: AllocationPool, taken: Taken): number | undefined {
  const { family } = prefix.address;
  for (let longer = length + 1; longer <= LONGEST[family]; longer += 1) {
    const pools = [{ prefix, length: longer }];
    if (allocateSubnets({ requests: [{ key: "", family }], pools, taken })[0]?.ok === true) return longer;
  }
  return undefined;
}
