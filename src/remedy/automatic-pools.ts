import type { Network } from "../compose/project/network.js";
import { DOCKER_OVERLAY_POOLS, type AddressPool } from "../ipam/docker-pools.js";
import { daemonPoolsOf } from "../policy/daemons.js";
import type { DockerSettings } from "../policy/policy.js";
import type { ProjectView } from "../workspace/view.js";

/** The pools that Docker takes a network's subnet from when no file gives it one. */
export interface AutomaticPools {
  /** What the policy says about the daemons. Undefined where it says nothing, and for a swarm, which has its own pools. */
  readonly declared: DockerSettings["defaultAddressPools"];
  readonly pools: readonly AddressPool[];
}

export function automaticPools({ reading }: ProjectView, { driver }: Network): AutomaticPools {
  if (driver === "overlay") return { declared: undefined, pools: DOCKER_OVERLAY_POOLS };
  const policy = reading.kind === "policy" ? reading.scoped.policy : undefined;
  return { declared: policy?.docker.defaultAddressPools, pools: daemonPoolsOf(policy) };
}
