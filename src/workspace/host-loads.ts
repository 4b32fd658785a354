import type { Project } from "../compose/project/project.js";
import { daemonPoolsOf } from "../policy/daemons.js";
import type { EngineNetworkBook } from "./engine-networks/engine-network-book.js";
import { loadOf, type HostLoad } from "./host-load.js";
import type { Plan } from "./plan/plan.js";
import type { PlanBook } from "./plan/plan-book.js";
import type { SurveyBook } from "./surveys.js";
import { hostsOfProject, type Territory } from "./territory.js";

export interface HostLoads {
  /** Takes a look at all networks. */
  readonly plan: () => Plan;
  /** In the order of the policy, IPv4 first. */
  readonly loads: readonly (readonly [host: string, load: HostLoad])[];
}

/** What the networks of all projects of a territory would ask of one daemon. */
export function loadOfAll(territory: Territory, { surveys, engineNetworks }: Omit<Sources, "plans">): HostLoad {
  const { root, scoped } = territory;
  const networks = engineNetworks.onDisk(scoped?.below ?? root);
  const projects = [...new Set([...surveys.survey(territory).values()].flat())];
  return loadOf(projects, scoped?.policy, 4, (...asked) => networks.claimantOf(...asked, territory).words);
}

interface Sources {
  readonly surveys: Pick<SurveyBook, "survey">;
  readonly engineNetworks: Pick<EngineNetworkBook, "onDisk">;
  readonly plans: Pick<PlanBook, "planBelow">;
}

/** Looks at each project of a territory once, whatever the number of its hosts. */
export function hostLoadsOf(territory: Territory, { surveys, engineNetworks, plans }: Sources): HostLoads {
  const { root, scoped } = territory;
  const policy = scoped?.policy;
  const names = [...new Set(policy?.hosts.map(({ host }) => host))];
  const onHost = new Map<string, Project[]>(names.map((name) => [name, []]));
  for (const project of new Set([...surveys.survey(territory).values()].flat())) {
    for (const host of hostsOfProject(project, territory)) onHost.get(host)?.push(project);
  }
  const networks = engineNetworks.onDisk(scoped?.below ?? root);
  // Of a family without a pool, each daemon makes one up, or refuses the network: it is never full.
  const families = ([4, 6] as const).filter((family) =>
    daemonPoolsOf(policy).some(({ base }) => base.address.family === family),
  );
  const loads = names.flatMap((name) =>
    families.map((family) => {
      const projects = onHost.get(name) ?? [];
      const load = loadOf(projects, policy, family, (...asked) => networks.claimantOf(...asked, territory).words);
      return [name, load] as const;
    }),
  );
  return { plan: () => plans.planBelow(territory), loads };
}
