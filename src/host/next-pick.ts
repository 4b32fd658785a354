import type { AddressRange } from "../ipam/address.js";
import { bitsOf, rangeOf, type Prefix } from "../ipam/prefix.js";
import { candidateSubnets, DOCKER_DEFAULT_POOLS, type AddressPool } from "../ipam/docker-pools.js";
import { RangeSet } from "../ipam/range-set.js";
import type { Snapshot } from "./snapshot.js";

/** The IPv4 subnet that the engine would choose for the next network. */
export interface NextPick {
  /** The lowest free one, or any of the free ones: up to Engine 26 it depends on what was made before. */
  readonly order: "lowest" | "any";
  /** Those that may be it: one, where the order is the lowest. */
  readonly picks: readonly Prefix[];
  /** All that are left. */
  readonly free: readonly Prefix[];
  readonly total: number;
}

/** Lists the candidates that are left. @returns undefined where no engine answered. */
export function nextPick({ engine, routes, nameServers }: Snapshot): NextPick | undefined {
  if (!engine) return undefined;
  const pools = poolsOf(engine.pools);
  const candidates = candidateSubnets(pools).filter(({ address }) => address.family === 4);
  // The host's own routes and name servers are not those of a virtual machine.
  const seen =
    engine.runs === "here"
      ? [
          ...routes
            .filter(
              ({ table, type, isOnLink, to }) =>
                table === "main" && type === "unicast" && isOnLink && to.address.value !== 0n,
            )
            .map(({ to }) => rangeOf(to)),
          ...nameServers.map(({ address }) => rangeOf({ address, length: bitsOf(address.family) })),
        ]
      : [];
  const made = engine.networks
    .filter(({ scope }) => scope === "local")
    .flatMap(({ subnets }) => subnets.map((subnet) => rangeOf(subnet)));
  const taken = new RangeSet([...seen, ...made].map((range: AddressRange) => ({ range, value: true })));
  const free = candidates.filter((candidate) => taken.firstOverlapping(rangeOf(candidate)) === undefined);
  const order = isLowestFirst(engine.release) ? "lowest" : "any";
  return { order, picks: order === "lowest" ? free.slice(0, 1) : free, free, total: candidates.length };
}

export function poolsOf(pools: readonly AddressPool[]): readonly AddressPool[] {
  return pools.length > 0 ? pools : DOCKER_DEFAULT_POOLS;
}

function isLowestFirst(release: string | undefined): boolean {
  return Number.parseInt(release ?? "", 10) >= 27;
}
