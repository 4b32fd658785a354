import type { Network } from "../compose/project/network.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix } from "../ipam/prefix.js";
import { governingPlan } from "./governing-plan.js";
import type { ProjectView } from "../workspace/view.js";

/** The subnet that a fix would give to a network, where a pool is declared and Docker chooses so far. */
export function plannedSubnet(view: ProjectView, network: Network, family: Family): string | undefined {
  const addressing = family === 4 ? network.ipv4 : network.ipv6;
  if (!view.poolsDeclared || addressing.mode !== "automatic" || network.existence.kind !== "created") return undefined;
  const planned = governingPlan(view).subnetFor(view.wholeWorkspace.claimKey(view.project, network, family));
  return planned?.ok === true ? formatPrefix(planned.subnet) : undefined;
}
