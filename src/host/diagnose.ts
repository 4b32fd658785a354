import { dockerDevices, hostNetworks } from "./engine-networks.js";
import { brokenConnections } from "./findings/connections.js";
import { containerRoutes } from "./findings/container-routes.js";
import { daemonFile, drift, leftOvers, poolsUsedUp } from "./findings/engine-state.js";
import type { ForbiddenIn, HostCase, HostFinding } from "./findings/finding.js";
import { forbiddenNetworks } from "./findings/forbidden-networks.js";
import { insideNetworks } from "./findings/inside-networks.js";
import { nextPicks } from "./findings/next-picks.js";
import { shadowedRoutes } from "./findings/shadowed-routes.js";
import { hostIndex } from "./host-index.js";
import { nextPick } from "./next-pick.js";
import { Routing } from "./routes.js";
import type { Snapshot } from "./snapshot.js";
import { Boundaries } from "./takeovers.js";

/** What a snapshot tells, with what it is told from. */
export interface Diagnosis extends HostCase {
  /** The worst first. */
  readonly findings: readonly HostFinding[];
}

const CHECKS: readonly ((host: HostCase) => HostFinding[])[] = [
  brokenConnections,
  shadowedRoutes,
  insideNetworks,
  forbiddenNetworks,
  containerRoutes,
  nextPicks,
  poolsUsedUp,
  daemonFile,
  drift,
  leftOvers,
];

const ORDER = { error: 0, warning: 1, note: 2 } as const;

export function diagnose(snapshot: Snapshot, forbiddenIn?: ForbiddenIn): Diagnosis {
  const networks = hostNetworks(snapshot);
  const host: HostCase = {
    snapshot,
    forbiddenIn,
    networks,
    isDockers: dockerDevices(networks),
    ...hostIndex(snapshot, networks),
    routing: new Routing(snapshot),
    boundaries: new Boundaries(snapshot),
    next: nextPick(snapshot),
  };
  const findings = CHECKS.flatMap((check) => check(host));
  return { ...host, findings: findings.sort((one, other) => ORDER[one.severity] - ORDER[other.severity]) };
}
