import { formatPrefix, rangeOf } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { explicitSubnets, type Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import type { Place } from "../../kit/source.js";
import { asScalar, child, type Value } from "../read/value.js";
import { textIn } from "../read/written.js";

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
      ? explicitSubnets(network).map((subnet) => ({ project, network, subnet, place: ownPlaceOf(network, subnet) }))
      : [],
  );
  return pinned.sort(byPlace);
}

export function byPlace(left: PinnedSubnet, right: PinnedSubnet): number {
  const [a, b] = [left.place, right.place];
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1;
  return a.span[0] - b.span[0];
}

function ownPlaceOf({ definition }: Network, { pool, written }: ExplicitSubnet): Place {
  const ipam = child(definition, "ipam");
  const chain: readonly (Value | undefined)[] = [definition, ipam, child(ipam, "config"), pool.value, written.written];
  return chain.find((value) => value?.sharedBy)?.sharedBy?.place ?? written.written.place;
}

/**
 * In whose books the engine looks for other networks with the same addresses: those of the host, or those of the
 * swarm. Undefined when a plugin keeps them.
 */
export function addressSpaceOf({ driver, definition }: Network): "host" | "swarm" | undefined {
  const allocator = child(child(definition, "ipam"), "driver");
  if (allocator && asScalar(allocator)?.value !== "" && textIn(allocator) !== "default") return undefined;
  if (driver === "overlay") return "swarm";
  return driver === "bridge" || driver === "macvlan" || driver === "ipvlan" ? "host" : undefined;
}

/** What becomes of two networks whose subnets overlap: the one that is created second is refused, or may be. */
export type Conflict = "always" | "if the one with ip_range is first" | "swarm";

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
  const ranges = [one, other].map(({ subnet }) => child(subnet.pool.value, "ip_range"));
  const [first, second] = ranges;
  if (first && second) {
    const isSame = sameSubnet(one, other) && textIn(first) !== undefined && textIn(first) === textIn(second);
    return isSame ? "always" : undefined;
  }
  return first || second ? "if the one with ip_range is first" : "always";
}

export function sameSubnet(one: PinnedSubnet, other: PinnedSubnet): boolean {
  return formatPrefix(one.subnet.prefix) === formatPrefix(other.subnet.prefix);
}
