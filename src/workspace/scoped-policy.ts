import type { RangeSet } from "../ipam/range-set.js";
import type { ForbiddenRange, Policy } from "../policy/policy.js";
import type { PolicyFault } from "../policy/source-text.js";

/** The forbidden-ranges file that holds for a compose file. */
export type PolicyReading =
  | { readonly kind: "none" }
  /** With faults, it is what could be read: nothing is taken from its pools then. */
  | ({ readonly kind: "policy"; readonly scoped: ScopedPolicy } & Faults)
  /** Nothing of it could be read. */
  | ({ readonly kind: "faulty"; readonly file: string } & Faults);

interface Faults {
  readonly faults: readonly PolicyFault[];
  /** The files of which a fault says that they can't be read. */
  readonly unread: readonly string[];
}

/** What is wrong with the policy, or with a file that it extends. */
export function faultsOf(reading: PolicyReading): readonly PolicyFault[] {
  return reading.kind === "none" ? [] : reading.faults;
}

export interface ScopedPolicy {
  readonly policy: Policy;
  /** The ranges that count today. */
  readonly enforced: RangeSet<ForbiddenRange>;
  /** What paths and globs of the policy are relative to, and so are the keys of the plan. */
  readonly root: string;
  /** The directory whose compose files share the policy's pools: a policy above the work tree takes in nothing else. */
  readonly below: string;
  /** What keeps this repository's subnets apart from others': the `id` of its own policy, else the root folder's name. */
  readonly id: string;
  /**
   * Whether subnets may be written. Not where a policy from elsewhere holds, and nobody says what tells this repository
   * from the others under it.
   */
  readonly hasId: boolean;
}
