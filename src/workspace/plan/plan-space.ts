import type { AllocationPool } from "../../ipam/allocator.js";
import { rangeOf } from "../../ipam/prefix.js";
import { RangeSet, type RangeEntry } from "../../ipam/range-set.js";
import { matchesGlob } from "../../kit/glob.js";
import type { ForbiddenRange, Policy } from "../../policy/policy.js";
import type { Holder } from "./holders.js";
import type { ScopedPolicy } from "../scoped-policy.js";

/** A pool, for the projects of some directories or for all. */
export interface PlanPool extends AllocationPool {
  readonly for?: readonly string[] | undefined;
}

/** Where subnets come from, and what is none of theirs. */
export interface PlanSpace {
  readonly pools: readonly PlanPool[];
  /** Where no subnet may lie: one that does must move. */
  readonly taken: readonly RangeSet<Holder | ForbiddenRange | undefined>[];
  /** What is spoken for under other policies: no new subnet lies there. */
  readonly elsewhere?: readonly RangeSet<Holder>[];
}

/**
 * Without a declared pool a subnet can only be suggested. It comes from here: Docker hands nothing of it out to
 * Compose networks, and it is large enough that two projects rarely meet.
 */
const PRIVATE_SPACE: readonly PlanPool[] = [
  { prefix: { address: { family: 4, value: 0x0a00_0000n }, length: 8 }, length: 24 },
];

export function planSpaceOf(scoped: ScopedPolicy | undefined): PlanSpace {
  if (!scoped) return { pools: PRIVATE_SPACE, taken: [] };
  const { policy, enforced } = scoped;
  return {
    pools: policy.pools.length > 0 ? policy.pools : PRIVATE_SPACE,
    taken: [enforced, new RangeSet(dockerRanges(policy))],
  };
}

/** @param directory Of a project, relative to the policy; `.` is the policy's own. */
export function servesDirectory({ for: patterns }: PlanPool, directory = "."): boolean {
  return patterns === undefined || patterns.some((pattern) => matchesGlob(pattern, directory || "."));
}

/** What the daemons hand out by themselves is no place for a subnet that a file asks for. */
function dockerRanges({ docker }: Policy): RangeEntry<Holder>[] {
  return [
    ...(docker.bip ? [{ range: rangeOf(docker.bip), value: { kind: "docker", by: "docker0" } as const }] : []),
    ...(docker.defaultAddressPools ?? []).map(({ base }): RangeEntry<Holder> => {
      return { range: rangeOf(base), value: { kind: "docker", by: "the daemons' default-address-pools" } };
    }),
  ];
}
