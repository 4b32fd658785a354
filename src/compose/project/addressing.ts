import type { Family } from "../../ipam/address.js";
import { maskPrefix, type Prefix } from "../../ipam/prefix.js";
import type { Place } from "../../kit/source.js";
import type { Refusal, Unknown } from "../read/scalar-text.js";
import type { ScalarValue } from "../read/value.js";
import { familyOfPool, kindOfPool, type IpamPool } from "./ipam-pool.js";

/** How a network comes to its subnets of one address family. */
export type Addressing =
  | { readonly mode: "explicit"; readonly subnets: readonly ExplicitSubnet[] }
  | { readonly mode: "automatic"; readonly cause: AutomaticCause }
  | { readonly mode: "disabled" }
  | { readonly mode: "unknown"; readonly because: Unknown; readonly place?: Place }
  /** Compose or `docker stack` refuses what is written. */
  | { readonly mode: "refused"; readonly refusal: Refusal }
  /** What is written makes no subnet, and does not leave the choice to Docker: `compose/engine` says what is wrong. */
  | { readonly mode: "unusable" };

/** A subnet that a pool asks for. */
export interface ExplicitSubnet {
  /** Without the host bits that may be written. */
  readonly prefix: Prefix;
  /** With variables resolved, which is not what people may see of anything but an address. */
  readonly text: string;
  readonly at: Place;
  /** For edits. */
  readonly written: ScalarValue;
  readonly pool: IpamPool;
}

/** Why Docker chooses, for networks that seem to say otherwise. */
export type AutomaticCause =
  | { readonly kind: "no pool" }
  | { readonly kind: "empty pool"; readonly place: Place }
  | { readonly kind: "unspecified subnet"; readonly length: number; readonly place: Place }
  /** There are subnets, all of the other family. */
  | { readonly kind: "other family"; readonly place: Place };

/** What the pools of a network that has this family switched on come to. */
export function addressingOf(family: Family, pools: readonly IpamPool[]): Addressing {
  const explicit = pools.flatMap((pool) => subnetIn(pool, family));
  if (explicit.length > 0) return { mode: "explicit", subnets: explicit };

  for (const pool of pools) {
    const { subnet } = pool;
    if (subnet.kind === "unknown" && subnet.because.reason === "refused") {
      return { mode: "refused", refusal: subnet.because.refusal };
    }
    if (kindOfPool(pool) === "unusable") return { mode: "unusable" };
  }
  for (const { subnet } of pools) {
    if (subnet.kind === "unknown") return { mode: "unknown", because: subnet.because, place: subnet.at };
  }
  return { mode: "automatic", cause: causeOf(family, pools) };
}

function subnetIn(pool: IpamPool, family: Family): ExplicitSubnet[] {
  const { subnet } = pool;
  if (subnet.kind !== "known" || familyOfPool(pool) !== family || kindOfPool(pool) !== "explicit") return [];
  const { value, text, at, written } = subnet;
  return [{ prefix: maskPrefix(value), text, at, written, pool }];
}

function causeOf(family: Family, pools: readonly IpamPool[]): AutomaticCause {
  for (const pool of pools) {
    const { subnet } = pool;
    if (subnet.kind !== "known" || familyOfPool(pool) !== family) continue;
    return { kind: "unspecified subnet", length: subnet.value.length, place: subnet.at };
  }
  for (const pool of pools)
    if (kindOfPool(pool) === "empty") return { kind: "empty pool", place: placeOfNothing(pool) };
  const [other] = pools;
  return other ? { kind: "other family", place: other.at } : { kind: "no pool" };
}

/** Where a pool says that it asks for nothing: at its empty subnet, or as a whole. */
export function placeOfNothing({ subnet, at }: IpamPool): Place {
  return (subnet.kind === "absent" ? subnet.at : undefined) ?? at;
}
