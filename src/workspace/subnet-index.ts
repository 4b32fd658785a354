import { byPlace, type PinnedSubnet } from "../compose/engine/conflicts.js";
import { formatPrefix, rangeOf } from "../ipam/prefix.js";
import { RangeSet } from "../ipam/range-set.js";
import type { AddressRange } from "../ipam/address.js";

/** Of so many networks with the same subnet at least one meets a condition, or none of them is likely to. */
const ENOUGH = 100;

/**
 * Pinned subnets, built once and asked for each of them.
 *
 * Equal subnets are one entry of the set. Prefixes that overlap and are not equal contain each other, so all questions
 * together meet each subnet at most once for every prefix length: the time grows with the number of subnets, not with
 * that of their pairs. Of thousands of copies of one subnet only the first ones are looked at.
 */
export class SubnetIndex {
  readonly #groups: RangeSet<readonly PinnedSubnet[]>;
  readonly #order = new Map<PinnedSubnet, number>();

  constructor(pinned: readonly PinnedSubnet[]) {
    const groups = new Map<string, PinnedSubnet[]>();
    for (const each of pinned.toSorted(byPlace)) {
      this.#order.set(each, this.#order.size);
      const key = formatPrefix(each.subnet.prefix);
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
    this.#groups = new RangeSet(
      [...groups.values()].flatMap((value) => {
        const [first] = value;
        return first ? [{ range: rangeOf(first.subnet.prefix), value }] : [];
      }),
    );
  }

  /** The first, in (file, position) order, of those that overlap a range and meet a condition. */
  first(range: AddressRange, condition: (pinned: PinnedSubnet) => boolean): PinnedSubnet | undefined {
    let first: PinnedSubnet | undefined;
    for (const group of this.#groups.overlapping(range)) {
      const found = group.slice(0, ENOUGH).find(condition);
      if (found && (!first || this.#orderOf(found) < this.#orderOf(first))) first = found;
    }
    return first;
  }

  #orderOf(pinned: PinnedSubnet): number {
    return this.#order.get(pinned) ?? 0;
  }
}
