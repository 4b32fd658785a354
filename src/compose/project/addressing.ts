import type { Family } from "../../ipam/address.js";
import type { IpamPool, PoolSubnet } from "./ipam-pool.js";
import type { Place } from "../../kit/source.js";
import type { Refusal, Unknown } from "../read/scalar-text.js";

/** How a network comes to its subnets of one address family. */
export type Addressing =
  | { readonly mode: "explicit"; readonly subnets: readonly ExplicitSubnet[] }
  | { readonly mode: "automatic"; readonly cause: AutomaticCause }
  | { readonly mode: "disabled" }
  | { readonly mode: "unknown"; readonly because: Unknown; readonly place?: Place }
  | { readonly mode: "refused"; readonly refusal: Refusal };

export type ExplicitSubnet = Extract<PoolSubnet, { kind: "prefix" }> & { readonly pool: IpamPool };

/** Why Docker chooses, for networks that seem to say otherwise. */
export type AutomaticCause =
  | { readonly kind: "no pool" }
  | { readonly kind: "empty pool"; readonly place: Place }
  | { readonly kind: "unspecified subnet"; readonly length: number; readonly place: Place }
  /** There are subnets, all of the other family. */
  | { readonly kind: "other family"; readonly place: Place };

/** What the pools of a network that has this family switched on come to. */
export function addressingOf(family: Family, pools: readonly IpamPool[]): Addressing {
  const explicit = pools.flatMap(({ subnet }, index): ExplicitSubnet[] => {
    const pool = pools[index];
    return pool && subnet.kind === "prefix" && subnet.prefix.address.family === family ? [{ ...subnet, pool }] : [];
  });
  if (explicit.length > 0) return { mode: "explicit", subnets: explicit };

  const subnets = pools.map(({ subnet }) => subnet);
  const refused = subnets.find((subnet) => subnet.kind === "refused");
  if (refused) return { mode: "refused", refusal: refused.refusal };
  const unknown = subnets.find((subnet) => subnet.kind === "unknown");
  if (unknown) return { mode: "unknown", because: unknown.because, place: unknown.place };
  return { mode: "automatic", cause: causeOf(family, pools) };
}

function causeOf(family: Family, pools: readonly IpamPool[]): AutomaticCause {
  for (const { subnet } of pools) {
    if (subnet.kind === "unspecified" && subnet.family === family) {
      return { kind: "unspecified subnet", length: subnet.length, place: subnet.place };
    }
  }
  for (const { subnet } of pools) if (subnet.kind === "empty") return { kind: "empty pool", place: subnet.place };
  const [other] = pools;
  return other ? { kind: "other family", place: other.place } : { kind: "no pool" };
}
