import type { AddressRange } from "../ipam/address.js";
import { profileOf } from "../compose/engine/profile.js";
import { bitsOf, rangeOf, type Prefix } from "../ipam/prefix.js";
import { candidateSubnets, type AddressPool } from "../ipam/docker-pools.js";
import { RangeSet } from "../ipam/range-set.js";
import type { EngineState, Snapshot } from "./snapshot.js";

/** The IPv4 subnet that the engine would choose for the next network. */
export interface NextPick {
  /** The lowest free one, or any of the free ones: on older engines it depends on what was made before. */
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
  const pools = poolsOf(engine);
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
  const { order } = profileOf(engine.release);
  return { order, picks: order === "lowest" ? free.slice(0, 1) : free, free, total: candidates.length };
}

/** What an engine says about its pools where it has any of its own, else what its release brings along. */
export function poolsOf({ pools, release }: Pick<EngineState, "pools" | "release">): readonly AddressPool[] {
  return pools.length > 0 ? pools : profileOf(release).pools;
}
