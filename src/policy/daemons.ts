import { poolsOfEngines } from "../compose/engine/profile.js";
import { CURRENT_ENGINES, type EngineSpan } from "../compose/engine/releases.js";
import type { AddressPool } from "../ipam/docker-pools.js";
import type { Policy } from "./policy.js";

/** The releases of Docker Engine that run the compose files: those that the policy names, else the current ones. */
export function enginesOf(policy: Pick<Policy, "docker"> | undefined): EngineSpan {
  return policy?.docker.engines ?? CURRENT_ENGINES;
}

/** What the daemons take subnets of local networks from: the pools that the policy declares, else the engine's own. */
export function daemonPoolsOf(policy: Pick<Policy, "docker"> | undefined): readonly AddressPool[] {
  return policy?.docker.defaultAddressPools ?? poolsOfEngines(enginesOf(policy));
}
