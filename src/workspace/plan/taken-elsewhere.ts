import { explicitSubnets, type Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import { rangeOf } from "../../ipam/prefix.js";
import { RangeSet, type RangeEntry } from "../../ipam/range-set.js";
import { byCodeUnits } from "../../kit/order.js";
import type { EngineNetworks } from "../engine-networks/engine-networks.js";
import { shownPath } from "../files/paths.js";
import type { Survey } from "../surveys.js";
import { hostsOfProject, type Territory } from "../territory.js";
import type { Holder } from "./holders.js";
import type { Plan } from "./plan.js";

interface Surroundings {
  /** All projects of the work tree. */
  readonly everything: Survey;
  readonly networks: EngineNetworks;
  readonly territoryOf: (path: string) => Territory;
  readonly planBelow: (territory: Territory) => Plan;
  readonly cwd: string;
}

/**
 * What is spoken for under the other policies of a work tree, on the hosts of this one: the subnets that are written
 * there, and those that the plans of policies with an earlier path give away.
 *
 * @param survey The projects under the policy whose plan it is for.
 */
export function takenElsewhere(
  territory: Territory,
  survey: Survey,
  { everything, networks, territoryOf, planBelow, cwd }: Surroundings,
): readonly RangeSet<Holder>[] {
  if (everything.size === survey.size) return [];
  const own = placeOf(territory);
  const written: RangeEntry<Holder>[] = [];
  const others = new Map<string, Territory>();
  const seen = new Set<Project>([...survey.values()].flat());
  const hosts = new Set([...seen].flatMap((project) => [...hostsOfProject(project, territory)]));
  for (const [path, projects] of everything) {
    if (survey.has(path)) continue;
    const other = territoryOf(path);
    const met = projects.filter((project) => [...hostsOfProject(project, other)].some((host) => hosts.has(host)));
    if (met.length > 0) others.set(placeOf(other), other);
    for (const project of met) {
      if (seen.has(project)) continue;
      seen.add(project);
      written.push(...subnetsOf(project, (network) => isShared(project, network, networks, own), cwd));
    }
  }
  const earlier = [...others].filter(([place]) => byCodeUnits(place, own) < 0);
  return [new RangeSet(written), ...earlier.map(([, other]) => planBelow(other).promised)];
}

function placeOf({ root, scoped }: Territory): string {
  return scoped?.policy.file ?? root;
}

/** A network that a project under the own policy declares as well holds no subnet against itself. */
function isShared(project: Project, network: Network, networks: EngineNetworks, own: string): boolean {
  const found = networks.of(project, network);
  return found?.declarations.some(({ territory }) => placeOf(territory) === own) === true;
}

function* subnetsOf(
  project: Project,
  isPassedOver: (network: Network) => boolean,
  cwd: string,
): Generator<RangeEntry<Holder>> {
  for (const network of project.networks) {
    const subnets = explicitSubnets(network);
    if (subnets.length === 0 || isPassedOver(network)) continue;
    const by = `network "${network.key}" of ${shownPath(cwd, network.place.source.path)}`;
    for (const { prefix } of subnets) yield { range: rangeOf(prefix), value: { kind: "written", by } };
  }
}
