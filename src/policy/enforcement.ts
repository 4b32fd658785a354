import { containsPrefix, type Prefix } from "../ipam/prefix.js";
import { type RangeEntry, RangeSet } from "../ipam/range-set.js";
import { matchesGlob } from "../kit/glob.js";
import { normalizePath } from "../kit/paths.js";
import type { AllowEntry, ForbiddenRange, Policy } from "./policy.js";

/** A day as `YYYY-MM-DD`, in UTC. Such texts compare as the days do. */
type Day = string;

/** The forbidden ranges that hold on a day: those not switched off, and not past their `until`, which is the last day. */
export function enforcedRanges(policy: Policy, today: Day): RangeSet<ForbiddenRange> {
  return new RangeSet(
    entriesOf(policy.forbidden.filter(({ severity, until }) => severity !== "off" && !isPast(until, today))),
  );
}

function* entriesOf(forbidden: readonly ForbiddenRange[]): Generator<RangeEntry<ForbiddenRange>> {
  for (const value of forbidden) {
    for (const range of value.ranges) yield { range, value };
  }
}

/** A network that lies in a forbidden range. */
export interface ExceptionQuery {
  /** The compose file, relative to the directory of the policy file. */
  readonly file: string;
  readonly network: string;
  /** Undefined when Docker is to choose it; then only an entry without `cidr` covers it. */
  readonly subnet: Prefix | undefined;
}

/** The first entry of `allow` that covers a network on a day. The day of `expires` is the last one. */
export function isAllowed(policy: Policy, query: ExceptionQuery, today: Day): AllowEntry | undefined {
  const file = normalizePath(query.file);
  return policy.allow.find(
    (entry) =>
      !isPast(entry.expires, today) &&
      (entry.network === undefined || entry.network === query.network) &&
      (entry.cidr === undefined || (query.subnet !== undefined && containsPrefix(entry.cidr, query.subnet))) &&
      matchesGlob(entry.file, file),
  );
}

function isPast(lastDay: Day | undefined, today: Day): boolean {
  return lastDay !== undefined && lastDay < today;
}
