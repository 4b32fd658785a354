import type { Address, Family } from "../../ipam/address.js";
import type { Allocation } from "../../ipam/allocator.js";
import type { Prefix } from "../../ipam/prefix.js";

/** What one network of one file needs or holds, of one address family. */
export interface Claim {
  /** The same for every file that speaks of the same network of the same project. */
  readonly key: string;
  readonly family: Family;
  /** Empty when Docker would choose. */
  readonly subnets: readonly Prefix[];
  /** Static addresses of services on a network without a subnet: they say where it must lie. */
  readonly addresses?: readonly Address[];
  /** Of the project, relative to the policy: pools may be for some directories only. */
  readonly directory?: string;
  /** As messages name it: `network "front" of apps/shop/compose.yaml`. */
  readonly by?: string;
}

/** A subnet that a plan gives. Where static addresses ask for it, it may lie in no declared pool. */
export type PlannedSubnet = Allocation | { readonly ok: true; readonly subnet: Prefix; readonly outsidePools: true };
