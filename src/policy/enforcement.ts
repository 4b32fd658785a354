import { containsPrefix, type Prefix } from "../ipam/prefix.js";
import { JoinedRanges } from "../ipam/joined-ranges.js";
import { type RangeEntry, RangeSet } from "../ipam/range-set.js";
import { matchesGlob } from "../kit/glob.js";
import { normalizePath } from "../kit/paths.js";
import type { AllowEntry, ForbiddenRange, ForbiddenRanges, Policy } from "./policy.js";

/** A day as `YYYY-MM-DD`, in UTC. Such texts compare as the days do. */
type Day = string;

/** The forbidden ranges that hold on a day: those not switched off, and not past their `until`, which is the last day. */
export function enforcedRanges(policy: Policy, today: Day): RangeSet<ForbiddenRange> {
  const sets: RangeSet<ForbiddenRange>[] = [];
  let small: ForbiddenRanges[] = [];
  const joinSmall = (): void => {
    if (small.length > 0) sets.push(new RangeSet(entriesOf(small, today)));
    small = [];
  };
  for (const list of policy.forbiddenByFile) {
    if (list.always && list.length >= WORTH_SHARING) {
      joinSmall();
      sets.push(list.always);
    } else small.push(list);
  }
  joinSmall();
  const [first, ...others] = sets;
  return first && others.length === 0 ? first : new JoinedRanges(sets);
}

/** A question to several sets takes a little longer than one to a set with all of them. */
const WORTH_SHARING = 1000;

function* entriesOf(lists: readonly ForbiddenRanges[], today: Day): Generator<RangeEntry<ForbiddenRange>> {
  for (const list of lists) {
    for (const value of list) {
      if (value.severity === "off" || isPast(value.until, today)) continue;
      for (const range of value.ranges) yield { range, value };
    }
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
