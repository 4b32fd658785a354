import type { Family } from "../ipam/address.js";
import { allocateSubnets, type Allocation, type AllocationPool } from "../ipam/allocator.js";
import { rangeOf, type Prefix } from "../ipam/prefix.js";
import type { AddressRange } from "../ipam/range.js";
import { RangeSet } from "../ipam/range-set.js";
import type { Addressing } from "../compose/addressing.js";
import type { Project } from "../compose/project.js";
import type { Policy } from "../policy/policy.js";
import { relativePath } from "./paths.js";
import type { ScopedPolicy } from "./scoped-policy.js";

/** What one network of one file needs or holds, of one address family. */
export interface Claim {
  /** The same for every file that speaks of the same network of the same project. */
  readonly key: string;
  readonly family: Family;
  /** Empty when Docker would choose. */
  readonly subnets: readonly Prefix[];
}

/** Which network gets which subnet: one answer for the whole workspace, whatever part of it is looked at. */
export interface Plan {
  /** The planned subnet of a claim without one. */
  subnetFor(key: string): Allocation | undefined;
  /** A subnet that nobody holds and nobody is promised. */
  freeSubnet(key: string, family: Family): Allocation;
  /**
   * Where a written subnet goes when it must move. Subnets that lie where none may lie are told apart, so that all of
   * them can move at once.
   *
   * @param index Of the subnet among those that the claim holds.
   */
  moveFor(key: string, family: Family, index: number): Allocation;
}

/**
 * Which project it is, in words that do not change with the folder into which a repository was cloned: the policy's
 * `id`, then the project's own `name` or its directory below the policy.
 */
export function identityOf(project: Project, { id, root }: Pick<ScopedPolicy, "id" | "root">): string {
  return `${id}\n${project.named ? `name:${project.name}` : relativePath(root, project.directory)}`;
}

/**
 * The key from which the wanted subnet is hashed.
 *
 * @param identity See `identityOf`.
 */
export function claimKey(identity: string, network: string, family: Family): string {
  return [identity, network, ...(family === 6 ? ["ipv6"] : [])].join("\n");
}

/** The claims of a project's networks, in the order of the file. */
export function claimsOf(project: Project, identity: string): Claim[] {
  return project.networks.flatMap(({ key, existence, ipv4, ipv6 }) => {
    const claim = (family: Family, addressing: Addressing): Claim[] => {
      const claimed = { key: claimKey(identity, key, family), family };
      if (addressing.mode === "explicit")
        return [{ ...claimed, subnets: addressing.subnets.map(({ prefix }) => prefix) }];
      return addressing.mode === "automatic" && existence.kind === "created" ? [{ ...claimed, subnets: [] }] : [];
    };
    return [...claim(4, ipv4), ...claim(6, ipv6)];
  });
}

/** Where subnets come from, and what is none of theirs. */
export interface PlanSpace {
  readonly pools: readonly AllocationPool[];
  readonly taken: readonly RangeSet<unknown>[];
}

/**
 * Without a declared pool a subnet can only be suggested. It comes from here: Docker hands nothing of it out to
 * Compose networks, and it is large enough that two projects rarely meet.
 */
const PRIVATE_SPACE: readonly AllocationPool[] = [
  { prefix: { address: { family: 4, value: 0x0a00_0000n }, length: 8 }, length: 24 },
];

export function planSpaceOf(scoped: ScopedPolicy | undefined): PlanSpace {
  if (!scoped) return { pools: PRIVATE_SPACE, taken: [] };
  const { policy, enforced } = scoped;
  return {
    pools: policy.pools.length > 0 ? policy.pools : PRIVATE_SPACE,
    taken: [enforced, rangeSet(dockerRanges(policy))],
  };
}

/** @param claims Of all files of the workspace, in (file, position) order. */
export function planSubnets(claims: readonly Claim[], space: PlanSpace): Plan {
  const held = new Map<string, Prefix>();
  for (const { key, subnets } of claims) {
    const [first] = subnets;
    if (first && !held.has(key)) held.set(key, first);
  }
  const requests = new Map(
    claims.filter(({ key, subnets }) => subnets.length === 0 && !held.has(key)).map((claim) => [claim.key, claim]),
  );
  const written = rangeSet(claims.flatMap(({ subnets }) => subnets.map(rangeOf)));
  const { pools } = space;
  const taken = [...space.taken, written];
  const allocations = allocateSubnets({ requests: [...requests.values()], pools, taken });
  const planned = new Map([...requests.keys()].map((key, index) => [key, allocations[index]]));
  const promised = rangeSet(allocations.flatMap((allocation) => (allocation.ok ? [rangeOf(allocation.subnet)] : [])));
  let moves: ReadonlyMap<string, Allocation> | undefined;
  const freeSubnet = (key: string, family: Family): Allocation => {
    const [allocation] = allocateSubnets({ requests: [{ key, family }], pools, taken: [...taken, promised] });
    return allocation ?? { ok: false, fault: { kind: "no-pool", pools: [], reason: "nothing was asked for" } };
  };

  return {
    subnetFor(key) {
      const subnet = held.get(key);
      // Two files that describe the same network must agree about it.
      return subnet ? { ok: true, subnet } : planned.get(key);
    },
    freeSubnet,
    moveFor(key, family, index) {
      moves ??= planMoves(claims, space, [...taken, promised]);
      return moves.get(moveKey(key, index)) ?? freeSubnet(moveKey(key, index), family);
    },
  };
}

/** The first subnet of a network moves to where the network would be if it had none. */
function moveKey(key: string, index: number): string {
  return index === 0 ? key : `${key}\n${index}`;
}

function planMoves(
  claims: readonly Claim[],
  { pools, taken: forbidden }: PlanSpace,
  taken: readonly RangeSet<unknown>[],
): ReadonlyMap<string, Allocation> {
  const displaced = claims.flatMap(({ key, family, subnets }) =>
    subnets.flatMap((subnet, index) =>
      forbidden.some((ranges) => ranges.firstOverlappingEntry(rangeOf(subnet)))
        ? [{ key: moveKey(key, index), family }]
        : [],
    ),
  );
  const requests = [...new Map(displaced.map((request) => [request.key, request])).values()];
  const allocations = allocateSubnets({ requests, pools, taken });
  return new Map(
    requests.flatMap(({ key }, index): [string, Allocation][] => {
      const allocation = allocations[index];
      return allocation ? [[key, allocation]] : [];
    }),
  );
}

function rangeSet(ranges: readonly AddressRange[]): RangeSet<undefined> {
  return new RangeSet(ranges.map((range) => ({ range, value: undefined })));
}

/** What the daemons hand out by themselves is no place for a subnet that a file asks for. */
function dockerRanges({ docker }: Policy): AddressRange[] {
  return [
    ...(docker.bip ? [rangeOf(docker.bip)] : []),
    ...(docker.defaultAddressPools ?? []).map(({ base }) => rangeOf(base)),
  ];
}
