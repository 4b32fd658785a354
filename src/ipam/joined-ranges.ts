import type { AddressRange } from "./address.js";
import { type RangeEntry, RangeSet } from "./range-set.js";

/** Sets that others use as well, asked as if they were one: nothing of them is copied. */
export class JoinedRanges<T> extends RangeSet<T> {
  override readonly size: number;
  readonly #parts: readonly RangeSet<T>[];

  /** @param parts Of equal ranges, those of an earlier part come first. */
  constructor(parts: readonly RangeSet<T>[]) {
    super([]);
    this.#parts = parts;
    this.size = parts.reduce((sum, { size }) => sum + size, 0);
  }

  override overlappingEntries(range: AddressRange): RangeEntry<T>[] {
    return this.#parts.flatMap((part) => part.overlappingEntries(range)).sort(byFirst);
  }

  override *eachOverlappingEntry(range: AddressRange): Generator<RangeEntry<T>> {
    const waiting = this.#parts.map((part) => part.eachOverlappingEntry(range));
    const heads = waiting.map((entries) => entries.next());
    for (;;) {
      let least = -1;
      for (const [index, head] of heads.entries()) {
        if (head.done === true) continue;
        const best = heads[least];
        if (!best || best.done === true || byFirst(head.value, best.value) < 0) least = index;
      }
      const [head, entries] = [heads[least], waiting[least]];
      if (!head || head.done === true || !entries) return;
      yield head.value;
      heads[least] = entries.next();
    }
  }

  override firstOverlappingEntry(range: AddressRange): RangeEntry<T> | undefined {
    let least: RangeEntry<T> | undefined;
    for (const part of this.#parts) {
      const entry = part.firstOverlappingEntry(range);
      if (entry && (!least || byFirst(entry, least) < 0)) least = entry;
    }
    return least;
  }
}

/** A set whose values are made when somebody asks for them. */
export class MadeRanges<Key, T> extends RangeSet<T> {
  override readonly size: number;
  readonly #set: RangeSet<Key>;
  readonly #make: (key: Key) => T;

  constructor(set: RangeSet<Key>, make: (key: Key) => T) {
    super([]);
    this.#set = set;
    this.#make = make;
    this.size = set.size;
  }

  override overlappingEntries(range: AddressRange): RangeEntry<T>[] {
    return this.#set.overlappingEntries(range).map((entry) => this.#made(entry));
  }

  override *eachOverlappingEntry(range: AddressRange): Generator<RangeEntry<T>> {
    for (const entry of this.#set.eachOverlappingEntry(range)) yield this.#made(entry);
  }

  override firstOverlappingEntry(range: AddressRange): RangeEntry<T> | undefined {
    const entry = this.#set.firstOverlappingEntry(range);
    return entry && this.#made(entry);
  }

  #made({ range, value }: RangeEntry<Key>): RangeEntry<T> {
    return { range, value: this.#make(value) };
  }
}

/** All of one family: those that overlap one range. */
function byFirst<T>({ range: one }: RangeEntry<T>, { range: other }: RangeEntry<T>): number {
  if (one.first.value === other.first.value) return 0;
  return one.first.value < other.first.value ? -1 : 1;
}
