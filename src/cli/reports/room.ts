import { loadOf, type HostLoad } from "../../workspace/host-load.js";
import type { ProjectView } from "../../workspace/view.js";
import { count } from "../terminal/count.js";

/**
 * What the projects of some views would ask of one daemon.
 *
 * @returns undefined where several policies say how daemons are set up.
 */
export function roomFor(views: readonly ProjectView[]): HostLoad | undefined {
  const policies = new Set(views.map(({ reading }) => (reading.kind === "policy" ? reading.scoped.policy : undefined)));
  if (policies.size > 1) return undefined;
  const [policy] = policies;
  const viewOf = new Map(views.map((view) => [view.project, view]));
  return loadOf([...viewOf.keys()], policy, 4, (project, network) => {
    const { wholeWorkspace } = viewOf.get(project) ?? {};
    if (!wholeWorkspace) return network.name;
    return wholeWorkspace.engineNetworks().claimantOf(project, network, wholeWorkspace.territory).words;
  });
}

/** One line where Docker chooses any subnet. */
export function describeRoom(load: HostLoad | undefined): string {
  if (!load || load.automatic.length === 0) return "";
  const networks = count(load.automatic.length, "network");
  return `Docker chooses an IPv4 subnet for ${networks}, and has ${load.room} to choose from\n`;
}
