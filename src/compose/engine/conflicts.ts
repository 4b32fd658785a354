import { formatPrefix, rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { explicitSubnets, type Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import type { Place } from "../../kit/source.js";
import { networkDriver, type AddressSpace } from "../project/drivers.js";
import type { Field } from "../project/field.js";
import type { Verdict } from "./fault.js";
import { usesOwnAllocator } from "./network-faults.js";
import { ALL_ENGINES } from "./releases.js";

/** A subnet that a file gives to a network which Compose creates. */
export interface PinnedSubnet {
  readonly project: Project;
  readonly network: Network;
  readonly subnet: ExplicitSubnet;
  /** What belongs to this network alone: the alias, when the subnet stands behind an anchor. */
  readonly place: Place;
}

/** The pinned subnets of a project, in (file, position) order. */
export function pinnedSubnets(project: Project): PinnedSubnet[] {
  const pinned = project.networks.flatMap((network) =>
    network.existence.kind === "created"
      ? explicitSubnets(network).map((subnet) => ({ project, network, subnet, place: ownPlaceOf(subnet) }))
      : [],
  );
  return pinned.sort(byPlace);
}

export function byPlace(left: PinnedSubnet, right: PinnedSubnet): number {
  const [a, b] = [left.place, right.place];
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1;
  return a.span[0] - b.span[0];
}

function ownPlaceOf({ pool, written, at }: ExplicitSubnet): Place {
  return pool.sharedAt ?? written.sharedBy?.place ?? at;
}

/**
 * In whose books the engine looks for other networks with the same addresses: those of the host, or those of the
 * swarm. Undefined when a plugin keeps them.
 */
export function addressSpaceOf(network: Network): AddressSpace | undefined {
  return usesOwnAllocator(network) ? networkDriver(network.driver)?.space : undefined;
}

/** What becomes of two networks whose subnets overlap: the one that is created second is refused, or may be. */
export type Conflict = "always" | "if the one with ip_range is first" | "swarm";

const SECOND_IS_REFUSED: Verdict = { effect: "refused", phase: "create", engines: ALL_ENGINES };

export const CONFLICTS: Readonly<Record<Conflict, Verdict>> = {
  always: SECOND_IS_REFUSED,
  "if the one with ip_range is first": { ...SECOND_IS_REFUSED, effect: "may fail" },
  swarm: SECOND_IS_REFUSED,
};

/** What becomes of two networks of one name. */
export const SAME_NAME: Verdict = SECOND_IS_REFUSED;

/**
 * Whether two networks can't exist side by side. Between two bridges nothing may overlap. Otherwise the engine does not
 * look when the newer network has an `ip_range`, unless subnet and range are both the same
 * (moby, defaultipam/address_space.go and bridge_linux.go; tried with 28.5.2).
 */
export function conflictBetween(one: PinnedSubnet, other: PinnedSubnet): Conflict | undefined {
  const space = addressSpaceOf(one.network);
  if (space === undefined || space !== addressSpaceOf(other.network)) return undefined;
  if (!rangesOverlap(rangeOf(one.subnet.prefix), rangeOf(other.subnet.prefix))) return undefined;
  if (space === "swarm") return "swarm";
  if (one.network.driver === "bridge" && other.network.driver === "bridge") return "always";
  const [first, second] = [one.subnet.pool.ipRange, other.subnet.pool.ipRange];
  if (first.kind !== "absent" && second.kind !== "absent") {
    return sameSubnet(one, other) && sameRange(first, second) ? "always" : undefined;
  }
  return hasOwnRange(one) || hasOwnRange(other) ? "if the one with ip_range is first" : "always";
}

function sameRange(one: Field<Prefix>, other: Field<Prefix>): boolean {
  return one.kind === "known" && other.kind === "known" && formatPrefix(one.value) === formatPrefix(other.value);
}

/** Whether a network gives out only a part of its subnet: the engine may then let others have the rest. */
export function hasOwnRange({ subnet }: Pick<PinnedSubnet, "subnet">): boolean {
  return subnet.pool.ipRange.kind !== "absent";
}

export function sameSubnet(one: PinnedSubnet, other: PinnedSubnet): boolean {
  return formatPrefix(one.subnet.prefix) === formatPrefix(other.subnet.prefix);
}
