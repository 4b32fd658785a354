import { DOCKER_DEFAULT_POOLS, type AddressPool } from "../../ipam/docker-pools.js";
import { ENGINE_RELEASES, type Change, type EngineRelease, type Engines, type EngineSpan } from "./releases.js";

/*
 * What differs between releases of Docker Engine. Every number and every claim about a release comes from here.
 * "tried" names the releases that it was tried with; all others were read in the source.
 */

interface ChangeInEngine {
  /** The first release that has it. */
  readonly from: Change;
  readonly what: string;
  readonly source: string;
}

const CHANGES = {
  /** Until then, a pool of one or two IPv4 addresses had none for the gateway. */
  smallPools: {
    from: "23",
    what: "an IPv4 /31 or /32 has an address for the gateway",
    source: "tried with 20.10.24 and 28.5.2",
  },
  validation: {
    from: "25",
    what: "subnets with host bits and ranges outside of their subnet are refused",
    source: "moby 4f47013feb; tried with 20.10.24, 26.1.5 and 28.5.2",
  },
  hostAddresses: {
    from: "25",
    what: "com.docker.network.host_ipv4 and host_ipv6 are read",
    source: "moby daemon/libnetwork/netlabel; tried with 28.5.2",
  },
  lowestFree: {
    from: "27",
    what: "the next subnet is the lowest free one, and pools are sorted by their base",
    source: "moby 9d288b5b43; tried with 20.10.24, 26.1.5, 28.5.2 and 29.7.2",
  },
  ownIpv6Pools: {
    from: "27",
    what: "each daemon makes up an IPv6 pool of its own",
    source: "moby d18b88fd32",
  },
  addressTypes: {
    from: "27",
    what: "IPv6 addresses that stand for IPv4 ones are taken for those",
    source: "moby daemon/libnetwork; tried with 28.5.2",
  },
  ipv6Switch: {
    from: "27",
    what: "com.docker.network.enable_ipv6 is read",
    source: "moby daemon/libnetwork/netlabel; tried with 28.5.2",
  },
  gatewayModes: {
    from: "27",
    what: "com.docker.network.bridge.gateway_mode_ipv4 and gateway_mode_ipv6 are read",
    source: "moby daemon/libnetwork/drivers/bridge; tried with 28.5.2",
  },
  endpointSettings: {
    from: "27",
    what: "com.docker.network.endpoint.sysctls is read",
    source: "moby daemon/libnetwork/netlabel; tried with 28.5.2",
  },
  endpointNames: {
    from: "28",
    what: "com.docker.network.endpoint.ifname is read",
    source: "moby daemon/libnetwork/netlabel; tried with 28.5.2",
  },
  ipv4Switch: {
    from: "28",
    what: "IPv4 can be switched off",
    source: "moby daemon/network.go, not yet in v27.5.1; tried with 26.1.5 and 28.5.2",
  },
  driversDecide: {
    from: "28",
    what: "a network that is cut off from its host has no gateway address",
    source: "moby daemon/libnetwork/network.go; tried with 28.5.2",
  },
  emptyMeansAutomatic: {
    from: "29",
    what: "an empty subnet, 0.0.0.0/n and ::/n ask for a subnet of Docker's choice",
    source: "moby ea0d934ff2 (moby#50114); tried with 28.5.2 and 29.7.2",
  },
  lansWithoutGateway: {
    from: "29",
    what: "a macvlan or ipvlan l2 network has no gateway but the one that is written",
    source: "moby#50929",
  },
  addressesOnAutomatic: {
    from: "29.1",
    what: "a static address is taken where the subnet that Docker chose has it",
    source: "moby 84a251d039",
  },
} as const satisfies Readonly<Record<string, ChangeInEngine>>;

export type EngineChange = keyof typeof CHANGES;

/** The releases that have a change. */
export function since(change: EngineChange): Engines {
  return { from: CHANGES[change].from };
}

/** The releases that do not have it yet. */
export function until(change: EngineChange): Engines {
  return { before: CHANGES[change].from };
}

/** What an engine takes subnets from when neither a compose file nor daemon.json says which. */
export interface EngineProfile {
  readonly pools: readonly AddressPool[];
  /** Which of the free subnets comes next: on older engines, it depends on what was made before. */
  readonly order: "any" | "lowest";
}

/** @param release As its engine says it, patch level and all; the order is not known without one. */
export function profileOf(release: string | undefined): EngineProfile {
  const isSorted = Number.parseFloat(release ?? "") >= Number(CHANGES.lowestFree.from);
  return { pools: DOCKER_DEFAULT_POOLS, order: isSorted ? "lowest" : "any" };
}

/**
 * What `--default-subnet-size` would make of a profile: it is proposed upstream, with 24 as the default from release 30
 * on (moby#51704). No release has it, so no policy can name it.
 */
export function withDefaultSubnetSize({ pools, order }: EngineProfile, size = 24): EngineProfile {
  return { order, pools: pools.map(({ base }) => ({ base, size: Math.max(size, base.length) })) };
}

/** The pools of the engines of a span. Where they differ, those of the oldest one, which have the fewest subnets. */
export function poolsOfEngines({ min }: EngineSpan): readonly AddressPool[] {
  return profileOf(min).pools;
}

/** The newest release that is known. */
export const NEWEST_ENGINE: EngineRelease = ENGINE_RELEASES.at(-1) ?? "29";
