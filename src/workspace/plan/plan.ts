import type { Address, Family, AddressRange } from "../../ipam/address.js";
import { allocateSubnets, type Allocation, type AllocationFault, type SubnetRequest } from "../../ipam/allocator.js";
import { freeSubnets } from "../../ipam/gaps.js";
import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { RangeSet } from "../../ipam/range-set.js";
import type { Addressing } from "../../compose/project/addressing.js";
import type { Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import type { Attachment } from "../../compose/project/service.js";
import { shownPath, relativePath } from "../files/paths.js";
import { explainFull, holdersIn, type HeldRange, type Holder } from "./holders.js";
import { servesDirectory, type PlanPool, type PlanSpace } from "./plan-space.js";
import { settle } from "./settle.js";
import type { Claim, PlannedSubnet } from "./claim.js";

/** Which network gets which subnet: one answer for the whole workspace, whatever part of it is looked at. */
export interface Plan {
  /** The planned subnet of a claim without one. */
  subnetFor(key: string): PlannedSubnet | undefined;
  /** A subnet that nobody holds and nobody is promised. */
  freeSubnet(key: string, family: Family, directory?: string): Allocation;
  /**
   * Where a written subnet goes when it must move. Subnets that lie where none may lie are told apart, so that all of
   * them can move at once.
   *
   * @param index Of the subnet among those that the claim holds.
   */
  moveFor(key: string, family: Family, index: number, directory?: string): Allocation;
  /** The subnets of a pool that nobody holds and nobody is promised, upwards. */
  freeIn(pool: PlanPool): Iterable<Prefix>;
  /** The subnets that networks without one are given. */
  readonly promised: RangeSet<Holder>;
  /** Who has a say in a range, in the order of addresses. */
  holdersIn(range: AddressRange): readonly HeldRange[];
}

/**
 * The key from which the wanted subnet is hashed.
 *
 * @param words See `hashedWords`.
 */
export function claimKey(words: string, family: Family): string {
  return family === 6 ? `${words}\nipv6` : words;
}

/**
 * The claims of a project's networks, in the order of the file.
 *
 * @param root The directory that the policy's paths start from.
 * @param cwd The directory that paths in messages start from.
 */
export function claimsOf(
  project: Project,
  describe: (network: Network) => Claimant,
  root: string,
  cwd: string,
): Claim[] {
  const directory = relativePath(root, project.directory);
  return project.networks.flatMap((network) => {
    const { key, existence, ipv4, ipv6, place } = network;
    const { words, attachments } = describe(network);
    const by = `network "${key}" of ${shownPath(cwd, place.source.path)}`;
    const claim = (family: Family, addressing: Addressing): Claim[] => {
      const claimed = { key: claimKey(words, family), family, directory, by };
      const subnets = addressing.mode === "explicit" ? addressing.subnets.map(({ prefix }) => prefix) : [];
      if (subnets.length > 0) return [{ ...claimed, subnets }];
      if (addressing.mode !== "automatic" || existence.kind !== "created") return [];
      return [{ ...claimed, subnets, addresses: staticAddresses(attachments, family) }];
    };
    return [...claim(4, ipv4), ...claim(6, ipv6)];
  });
}

/** What is known of a network beside its own project. */
export interface Claimant {
  /** See `hashedWords`. */
  readonly words: string;
  /** Of all who join it, in whichever files. */
  readonly attachments: readonly Attachment[];
}

/** Each project that declares an engine network has the addresses of all. */
const knownAddresses = {
  4: new WeakMap<readonly Attachment[], readonly Address[]>(),
  6: new WeakMap<readonly Attachment[], readonly Address[]>(),
};

function staticAddresses(attachments: readonly Attachment[], family: Family): readonly Address[] {
  const known = knownAddresses[family].get(attachments) ?? addressesOf(attachments, family);
  knownAddresses[family].set(attachments, known);
  return known;
}

function addressesOf(attachments: readonly Attachment[], family: Family): Address[] {
  return attachments.flatMap(({ addresses }) =>
    addresses.flatMap(({ address }): Address[] =>
      address.kind === "known" && address.value.family === family ? [address.value] : [],
    ),
  );
}

/** @param claims Of all files of the workspace, in (file, position) order. */
export function planSubnets(claims: readonly Claim[], space: PlanSpace): Plan {
  const { pools, elsewhere = [] } = space;
  const isForbidden = (subnet: Prefix): boolean =>
    space.taken.some((ranges) => ranges.firstOverlappingEntry(rangeOf(subnet)) !== undefined);
  const isContested = contestedAmong(claims);
  const held = new Map<string, Prefix>();
  for (const [key, subnet] of agreedAmong(claims, isForbidden)) {
    // What somebody wrote elsewhere may be wrong in itself.
    if (subnet && !isContested(subnet)) held.set(key, subnet);
  }
  const displaced = displacedBy(isForbidden, claims);
  const open = claims.filter(({ key, subnets }) => subnets.length === 0 && !held.has(key) && !displaced.has(key));
  const written = new RangeSet(
    claims.flatMap((claim) =>
      claim.subnets.map((subnet) => ({ range: rangeOf(subnet), value: holder("written", claim) })),
    ),
  );
  const settled = settle(open, pools, [...space.taken, ...elsewhere, written]);
  const requests = new Map(open.filter(({ key }) => !settled.has(key)).map((claim) => [claim.key, claim]));
  const taken = [...space.taken, ...elsewhere, written, rangesOf(settled, open)];
  const allocations = allocateSubnets({ requests: [...requests.values()].map(requestOf), pools, taken });
  const planned = new Map([
    ...settled,
    ...[...requests.keys()].flatMap((key, index): [string, PlannedSubnet][] => {
      const allocation = allocations[index];
      return allocation ? [[key, allocation]] : [];
    }),
  ]);
  const promised = rangesOf(planned, open);
  const all = [...space.taken, ...elsewhere, written, promised];
  // Thousands of networks may find the same pools full.
  const explanations = new Map<string, AllocationFault>();
  const explain = (fault: AllocationFault): AllocationFault => {
    const known = explanations.get(fault.reason) ?? explainFull(fault, all);
    explanations.set(fault.reason, known);
    return known;
  };
  const explained = <Given extends PlannedSubnet>(given: Given): Given | Allocation =>
    given.ok ? given : { ok: false, fault: explain(given.fault) };

  let moves: ReadonlyMap<string, Allocation> | undefined;
  const moveOf = (key: string): Allocation | undefined => {
    moves ??= new Map(
      allocateSubnets({ requests: [...displaced.values()], pools, taken: all }).map((allocation, index) => [
        [...displaced.keys()][index] ?? "",
        allocation,
      ]),
    );
    // Two files that describe the same network must agree about it.
    const subnet = displaced.has(key) ? held.get(key) : undefined;
    const move = subnet ? ({ ok: true, subnet } as const) : moves.get(key);
    return move && explained(move);
  };
  const freeSubnet = (key: string, family: Family, directory?: string): Allocation => {
    const requests = [requestOf({ key, family, ...(directory !== undefined && { directory }) })];
    const [allocation] = allocateSubnets({ requests, pools, taken: all });
    return explained(allocation ?? NOTHING_ASKED);
  };

  return {
    subnetFor(key) {
      const subnet = held.get(key);
      if (subnet) return { ok: true, subnet };
      const given = planned.get(key) ?? moveOf(key);
      return given && explained(given);
    },
    freeSubnet,
    moveFor: (key, family, index, directory) =>
      moveOf(moveKey(key, index)) ?? freeSubnet(moveKey(key, index), family, directory),
    freeIn: (pool) => freeSubnets(pool, all),
    promised,
    holdersIn: (range) => holdersIn(range, all),
  };
}

const NOTHING_ASKED: Allocation = {
  ok: false,
  fault: { kind: "no-pool", pools: [], reason: "nothing was asked for" },
};

/** The first subnet of a network moves to where the network would be if it had none. */
function moveKey(key: string, index: number): string {
  return index === 0 ? key : `${key}\n${index}`;
}

/**
 * The first subnet of each network that has one, undefined where its declarations disagree. Those that must move anyway
 * have no say.
 */
function agreedAmong(
  claims: readonly Claim[],
  mustMove: (subnet: Prefix) => boolean,
): ReadonlyMap<string, Prefix | undefined> {
  const agreed = new Map<string, Prefix | undefined>();
  for (const { key, subnets } of claims) {
    const [first] = subnets;
    if (!first || mustMove(first)) continue;
    const known = agreed.get(key);
    const isNew = !agreed.has(key) || (known !== undefined && formatPrefix(known) === formatPrefix(first));
    agreed.set(key, isNew ? first : undefined);
  }
  return agreed;
}

/** The subnets that lie where none may lie, each as a request for another one. */
function displacedBy(isForbidden: (subnet: Prefix) => boolean, claims: readonly Claim[]): Map<string, SubnetRequest> {
  return new Map(
    claims.flatMap((claim) =>
      claim.subnets.flatMap((subnet, index): [string, SubnetRequest][] => {
        const key = moveKey(claim.key, index);
        return isForbidden(subnet) ? [[key, requestOf({ ...claim, key })]] : [];
      }),
    ),
  );
}

function requestOf({ key, family, directory }: Pick<Claim, "key" | "family" | "directory">): SubnetRequest {
  return { key, family, mayUse: (pool) => servesDirectory(pool, directory) };
}

/** What the plan gives to claims, as ranges that are spoken for. */
function rangesOf(given: ReadonlyMap<string, PlannedSubnet>, claims: readonly Claim[]): RangeSet<Holder> {
  const byKey = new Map(claims.map((claim) => [claim.key, claim]));
  return new RangeSet(
    [...given].flatMap(([key, { ok, ...rest }]) => {
      const claim = byKey.get(key);
      return ok && claim && "subnet" in rest ? [{ range: rangeOf(rest.subnet), value: holder("planned", claim) }] : [];
    }),
  );
}

function holder(kind: Holder["kind"], { key, by = key }: Claim): Holder {
  return { kind, by };
}

/**
 * Whether several networks hold a subnet, or parts of it: then another file should not follow the one that does.
 * Equal subnets are looked at once, so that thousands of them are not compared with each other.
 */
function contestedAmong(claims: readonly Claim[]): (subnet: Prefix) => boolean {
  const holders = new Map<string, { readonly subnet: Prefix; readonly keys: Set<string> }>();
  for (const { key, subnets } of claims) {
    for (const subnet of subnets) {
      const text = formatPrefix(subnet);
      const known = holders.get(text);
      if (known) known.keys.add(key);
      else holders.set(text, { subnet, keys: new Set([key]) });
    }
  }
  const ranges = new RangeSet(
    [...holders.values()].map(({ subnet, keys }) => ({ range: rangeOf(subnet), value: keys })),
  );
  return (subnet) => {
    const sharing = ranges.overlapping(rangeOf(subnet));
    return sharing.length > 1 || sharing.some((keys) => keys.size > 1);
  };
}
