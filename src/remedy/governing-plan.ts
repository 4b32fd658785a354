import type { Plan } from "../workspace/plan/plan.js";
import type { ProjectView } from "../workspace/view.js";

/**
 * The plan by which automatic networks get their subnets. With declared pools, --fix writes what it says, so it is that
 * of the whole workspace. Else a subnet is only suggested, which is not worth a look at every file.
 */
export function governingPlan(view: ProjectView): Plan {
  return view.poolsDeclared ? view.wholeWorkspace.plan() : view.ownPlan();
}
