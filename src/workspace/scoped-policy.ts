import type { RangeSet } from "../ipam/range-set.js";
import type { ForbiddenRange, Policy } from "../policy/policy.js";
import type { PolicyFault } from "../policy/source-text.js";

/** The forbidden-ranges file that holds for a compose file. */
export type PolicyReading =
  | { readonly kind: "none" }
  | { readonly kind: "policy"; readonly scoped: ScopedPolicy }
  | { readonly kind: "faulty"; readonly faults: readonly PolicyFault[] };

export interface ScopedPolicy {
  readonly policy: Policy;
  /** The ranges that count today. */
  readonly enforced: RangeSet<ForbiddenRange>;
  /** The directory whose compose files share the policy's pools. */
  readonly root: string;
  /** What keeps this repository's subnets apart from others': the policy's `id`, else the root folder's name. */
  readonly id: string;
}
