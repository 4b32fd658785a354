import { DOCKER0 } from "../../ipam/known-blocks.js";
import { rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangesOverlap } from "../../ipam/range.js";
import type { Place } from "../../kit/source.js";
import { bridgeNameOf } from "../project/bridge-name.js";
import { driverOption } from "../project/driver-option.js";
import { explicitSubnets, type Network } from "../project/network.js";
import type { Project } from "../project/project.js";
import { addressSpaceOf, hasOwnRange, type PinnedSubnet } from "./conflicts.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import type { Verdict } from "./fault.js";
import { ALL_ENGINES } from "./releases.js";
import { isMade, mayRunTogether } from "./running.js";

/** What becomes of the network that is created second, or of one that lies where docker0 does. */
export const CREATED_SECOND: Verdict = { effect: "refused", phase: "create", engines: ALL_ENGINES };
/** What becomes of a container that has two routes to the same addresses. */
export const ROUTED_TWICE: Verdict = { effect: "refused", phase: "start", engines: ALL_ENGINES };
/** What becomes of a network that is looked for while it is created. */
export const LOOKED_FOR: Verdict = { effect: "may fail", phase: "create", engines: ALL_ENGINES };

/** Two networks that can't be there together, for another reason than their subnets. */
export interface Clash {
  readonly kind: ClashKind;
  /** The one that is written later. */
  readonly network: Network;
  readonly other: Network;
  /** What both want: an interface on the host. */
  readonly wanted: string;
  readonly at: Place;
}

export type ClashKind =
  /** The same bridge. */
  | "interface"
  /** A macvlan in the mode passthru wants its parent for itself, and so does each ipvlan network. */
  | "parent";

/** The networks of a project that want the same interface for themselves, in the order of the file. */
export function clashesIn({ networks }: Project): readonly Clash[] {
  const holders = new Map<string, Holder[]>();
  const clashes: Clash[] = [];
  for (const network of networks) {
    if (network.existence.kind !== "created") continue;
    const claim = interfaceClaimOf(network);
    if (!claim) continue;
    const earlier = holders.get(claim.key) ?? [];
    const rival = earlier.find(
      (other) =>
        (other.isExclusive || claim.isExclusive) &&
        other.network.name !== network.name &&
        mayRunTogether(other.network.attachments, network.attachments),
    );
    if (rival) clashes.push({ kind: claim.kind, network, other: rival.network, wanted: claim.wanted, at: claim.at });
    holders.set(claim.key, [...earlier, { network, ...claim }].slice(0, MOST_HOLDERS));
  }
  return clashes;
}

/** One rival is enough to know. */
const MOST_HOLDERS = 20;

/** What a network wants of the host for itself, as far as it is named. */
export interface InterfaceClaim {
  readonly kind: ClashKind;
  /** The same for those that want the same thing. */
  readonly key: string;
  readonly wanted: string;
  readonly isExclusive: boolean;
  readonly at: Place;
}

interface Holder extends InterfaceClaim {
  readonly network: Network;
}

/** The interface that a network wants on the host, as far as it is named. */
export function interfaceClaimOf(network: Network): InterfaceClaim | undefined {
  const { driver, driverOptions } = network;
  if (driver === "bridge") {
    const name = bridgeNameOf(network);
    if (name.kind !== "named") return undefined;
    const at = name.written.place;
    return { kind: "interface", key: `interface ${name.name}`, wanted: name.name, isExclusive: true, at };
  }
  if (driver !== "macvlan" && driver !== "ipvlan") return undefined;
  const parent = driverOptions.get("parent");
  if (parent?.kind !== "known" || parent.value === "") return undefined;
  const isExclusive = driver === "ipvlan" || driverOption(driverOptions, "macvlan_mode") === "passthru";
  const key = `${driver} ${parent.value}`;
  return { kind: "parent", key, wanted: parent.value, isExclusive, at: parent.at };
}

/** The network of docker0, when a subnet can't be beside it. Where the engine does not look at it, a range is enough. */
export function clashWithDocker0({ network, subnet }: Pick<PinnedSubnet, "network" | "subnet">): Prefix | undefined {
  if (addressSpaceOf(network) !== "host") return undefined;
  // A larger one is no subnet that somebody chose.
  if (subnet.prefix.length < 8 || !rangesOverlap(rangeOf(DOCKER0), rangeOf(subnet.prefix))) return undefined;
  return network.driver !== "bridge" && hasOwnRange({ subnet }) ? undefined : DOCKER0;
}

/** A service on two networks that have addresses in common: one of its interfaces can't be set up. */
export interface DoubleRoute {
  readonly service: string;
  readonly network: Network;
  readonly other: Network;
  readonly at: Place;
}

/** Networks that may be side by side, and of which no service can join two. */
export function doubleRoutesIn({ networks, services }: Project): readonly DoubleRoute[] {
  const created = new Map(
    networks.filter(({ existence }) => existence.kind === "created").map((network) => [network.key, network]),
  );
  return services.flatMap(({ name, attachments, running }): DoubleRoute[] => {
    if (!isMade(running) || attachments.length < 2 || attachments.length > MOST_NETWORKS) return [];
    const joined = attachments.flatMap((attachment) => {
      const network = created.get(attachment.network);
      return network ? [{ network, at: attachment.place }] : [];
    });
    for (const [index, { network, at }] of joined.entries()) {
      const other = joined.slice(0, index).find((earlier) => haveAddressesInCommon(earlier.network, network));
      if (other) return [{ service: name, network, other: other.network, at }];
    }
    return [];
  });
}

const MOST_NETWORKS = 100;

/** Not where the engine refuses one of the two already: that is said of their subnets. */
function haveAddressesInCommon(one: Network, other: Network): boolean {
  if (addressSpaceOf(one) !== "host" || addressSpaceOf(other) !== "host") return false;
  if (one.driver === "bridge" && other.driver === "bridge") return false;
  return explicitSubnets(one).some((left) => explicitSubnets(other).some((right) => mayShareLan(left, right)));
}

function mayShareLan(left: ExplicitSubnet, right: ExplicitSubnet): boolean {
  return (
    rangesOverlap(rangeOf(left.prefix), rangeOf(right.prefix)) &&
    hasOwnRange({ subnet: left }) &&
    hasOwnRange({ subnet: right })
  );
}
