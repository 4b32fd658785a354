import type { Network } from "../compose/project/network.js";
import type { Family } from "../ipam/address.js";
import type { Plan } from "../workspace/plan/plan.js";
import type { PlannedSubnet } from "../workspace/plan/claim.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * The plan by which automatic networks get their subnets. With declared pools, --fix writes what it says, so it is that
 * of the whole workspace. Else a subnet is only suggested, which is not worth a look at every file.
 */
export function governingPlan(view: ProjectView): Plan {
  return view.poolsDeclared ? view.wholeWorkspace.plan() : view.ownPlan();
}

/** What that plan gives to a network of the project whose subnet Docker would choose. */
export function subnetPlannedFor(view: ProjectView, network: Network, family: Family): PlannedSubnet {
  const plan = governingPlan(view);
  const key = view.poolsDeclared
    ? view.wholeWorkspace.claimKey(view.project, network, family)
    : view.ownClaimKey(network, family);
  return plan.subnetFor(key) ?? plan.freeSubnet(key, family, view.directory);
}
