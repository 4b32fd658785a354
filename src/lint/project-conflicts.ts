import { clashesIn, doubleRoutesIn } from "../compose/engine/clashes.js";
import {
  addressSpaceOf,
  byPlace,
  conflictBetween,
  pinnedSubnets,
  type Conflict,
  type PinnedSubnet,
} from "../compose/engine/conflicts.js";
import { mayRunTogether } from "../compose/engine/running.js";
import { knownNameOf, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { rangeOf } from "../ipam/prefix.js";
import { remembered } from "../kit/remember.js";
import type { Place } from "../kit/source.js";
import { SubnetIndex } from "../workspace/subnet-index.js";
import { foundInFile } from "./found-in-file.js";
import { createdNetworks } from "./which-networks.js";

/*
 * What networks of one project have against each other, as far as it is reported in the file being looked at.
 */

/** The subnets of a project, once for all that is asked about them. */
const pinnedIn = remembered(pinnedSubnets);
export const pinnedInFile = foundInFile(pinnedIn, ({ place }) => place);

/** The networks that have the name of an earlier one. */
export const sameNamesInFile = foundInFile(
  (project) => {
    const first = new Map<string, Network>();
    return createdNetworks(project).flatMap((network) => {
      const name = knownNameOf(network);
      if (name === undefined) return [];
      const other = first.get(name);
      if (other && mayRunTogether(other.attachments, network.attachments)) return [{ network, other }];
      first.set(name, network);
      return [];
    });
  },
  ({ network }) => placeOfName(network),
);

export function placeOfName({ writtenName, place }: Network): Place {
  return writtenName.at ?? place;
}

/** The external networks that another key of the project creates. */
export const foundOrNotInFile = foundInFile(
  (project) => {
    const created = new Map(createdNetworks(project).map((network) => [knownNameOf(network), network]));
    return project.networks.flatMap((external) => {
      const name = external.existence.kind === "external" ? knownNameOf(external) : undefined;
      const other = name === undefined ? undefined : created.get(name);
      if (!other || !mayRunTogether(other.attachments, external.attachments)) return [];
      return external.attachments.length > 0 ? [{ external, other }] : [];
    });
  },
  ({ other }) => placeOfName(other),
);

export const clashesInFile = foundInFile(clashesIn, ({ at }) => at);

export const doubleRoutesInFile = foundInFile(doubleRoutesIn, ({ at }) => at);

/** Two networks of a project whose subnets overlap. */
export interface Overlap {
  readonly own: PinnedSubnet;
  readonly conflict: Conflict;
  /** The one that is reported. */
  readonly at: PinnedSubnet;
  readonly other: PinnedSubnet;
}

/** The one that is written later is reported. */
export const overlapsInFile = foundInFile(
  (project) => {
    const pinned = pinnedIn(project);
    if (pinned.length < 2) return [];
    const index = new SubnetIndex(pinned);
    const main = new Set(project.main.map(({ source }) => source));
    return pinned.flatMap((own): Overlap[] => {
      const earlier = earlierOverlap(own, index);
      const conflict = earlier && conflictBetween(own, earlier);
      if (!conflict) return [];
      // A file that is only included is linted on its own, without knowing of its project.
      const [at, other] = main.has(own.place.source) ? [own, earlier] : [earlier, own];
      return [{ own, conflict, at, other }];
    });
  },
  ({ at }) => at.place,
);

function earlierOverlap(own: PinnedSubnet, index: SubnetIndex): PinnedSubnet | undefined {
  return index.first(
    rangeOf(own.subnet.prefix),
    (other) =>
      byPlace(other, own) < 0 &&
      other.network.name !== own.network.name &&
      conflictBetween(own, other) !== undefined &&
      mayRunTogether(own.network.attachments, other.network.attachments),
  );
}

/** The networks of a project to which Docker gives a subnet of the host's addresses. */
export const openOnHost = remembered((project: Project) => {
  const onHost = createdNetworks(project).filter((network) => addressSpaceOf(network) === "host");
  return {
    4: onHost.filter(({ ipv4 }) => ipv4.mode === "automatic"),
    6: onHost.filter(({ ipv6 }) => ipv6.mode === "automatic"),
  };
});
