import { spareIn, tightestRoom, type Room } from "../compose/engine/capacity.js";
import { usesOwnAllocator } from "../compose/engine/network-faults.js";
import { isMade } from "../compose/engine/running.js";
import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { hostClaimsOf } from "../compose/project/host-claims.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Attachment } from "../compose/project/service.js";
import type { EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import type { ProjectView } from "../workspace/view.js";
import { definitionOf } from "./joined-networks.js";

/** A network that is too small for all the projects that use it. */
export interface CrowdedNetwork {
  readonly subnet: ExplicitSubnet;
  readonly room: Room;
  readonly projects: number;
  /** The one that finds no address left. */
  readonly last: Project;
}

/** The network of another project that a project joins, where not all who use it find an address. */
export function crowdedNetwork(view: ProjectView, network: Network): CrowdedNetwork | undefined {
  const { project, wholeWorkspace } = view;
  if (network.existence.kind !== "external" || !network.attachments.some(({ running }) => isMade(running))) {
    return undefined;
  }
  const [found, another] = wholeWorkspace.engineNetworks().namedBy(project, network, wholeWorkspace.territory);
  const crowded = found && !another ? crowdOn(found) : undefined;
  return crowded?.last === project ? crowded : undefined;
}

const known = new WeakMap<EngineNetwork, CrowdedNetwork | "room enough">();

function crowdOn(found: EngineNetwork): CrowdedNetwork | undefined {
  const crowd = known.get(found) ?? lookAt(found) ?? "room enough";
  known.set(found, crowd);
  return crowd === "room enough" ? undefined : crowd;
}

function lookAt(found: EngineNetwork): CrowdedNetwork | undefined {
  const definition = definitionOf(found);
  const [creator, another] = found.declarations;
  if (!definition || !creator || another || creator.project.fragment !== undefined) return undefined;
  if (!usesOwnAllocator(definition)) return undefined;
  const joining = found.joins.filter(({ external, project }) => external !== undefined && !project.fragment);
  const all = [creator, ...joining].map((member) => ({
    project: member.project,
    attachments: "network" in member ? member.network.attachments : member.attachments,
  }));
  const missing = shortage(definition, all);
  if (!missing) return undefined;
  const together = upTogether(all);
  const crowded = shortage(definition, together);
  const last = together.at(-1);
  return crowded && last && together.length > 1
    ? { ...crowded, projects: together.length, last: last.project }
    : undefined;
}

interface Member {
  readonly project: Project;
  readonly attachments: readonly Attachment[];
}

function shortage(definition: Network, members: readonly Member[]) {
  const attachments = members.flatMap((member) => member.attachments);
  for (const addressing of [definition.ipv4, definition.ipv6]) {
    if (addressing.mode !== "explicit") continue;
    const [subnet] = addressing.subnets;
    const room = tightestRoom({ ...definition, attachments }, addressing.subnets);
    if (subnet && spareIn(room) < 0n) return { subnet, room };
  }
  return undefined;
}

/** One project of each directory, and none that wants a port or a container's name of an earlier one. */
function upTogether(members: readonly Member[]): readonly Member[] {
  const directories = new Set<string>();
  const claims = new Set<string>();
  return members.filter(({ project }) => {
    const own = [...hostClaimsOf(project)];
    if (directories.has(project.directory) || own.some((claim) => claims.has(claim))) return false;
    directories.add(project.directory);
    for (const claim of own) claims.add(claim);
    return true;
  });
}
