import type { Family, AddressRange } from "./address.js";
import { type IntervalIndex, indexIntervals } from "./interval-index.js";

/** A range and what it stands for, such as the name under which it is forbidden. */
export interface RangeEntry<T> {
  readonly range: AddressRange;
  readonly value: T;
}

/**
 * Ranges of both families, built once and asked often. They may nest and overlap each other, and the same range may
 * stand in it twice. Answers are in the order of first addresses, ties in the order given.
 *
 * The first answer takes O(log n). So does each further one that begins before the range asked about; those that begin
 * inside it cost one step each.
 */
export class RangeSet<T> {
  readonly size: number;
  readonly #ranges4 = new FamilyRanges<T, number>(4, -1);
  readonly #ranges6 = new FamilyRanges<T, bigint>(6, -1n);

  constructor(entries: Iterable<RangeEntry<T>>) {
    for (const { range, value } of entries) {
      const { first, last } = range;
      // IPv4 addresses fit a number, which compares several times faster than a bigint.
      if (first.family === 4) this.#ranges4.add(Number(first.value), Number(last.value), value);
      else this.#ranges6.add(first.value, last.value, value);
    }
    this.size = this.#ranges4.size + this.#ranges6.size;
  }

  /** The values of all ranges that share an address with `range`. */
  overlapping(range: AddressRange): T[] {
    return this.overlappingEntries(range).map(({ value }) => value);
  }

  /** The value of the first of them. */
  firstOverlapping(range: AddressRange): T | undefined {
    return this.firstOverlappingEntry(range)?.value;
  }

  /** As `overlapping`, with the ranges. */
  overlappingEntries({ first, last }: AddressRange): RangeEntry<T>[] {
    return first.family === 4
      ? this.#ranges4.overlapping(Number(first.value), Number(last.value))
      : this.#ranges6.overlapping(first.value, last.value);
  }

  /** As `overlappingEntries`, one after the other: whoever has seen enough stops. */
  eachOverlappingEntry({ first, last }: AddressRange): Generator<RangeEntry<T>> {
    return first.family === 4
      ? this.#ranges4.eachOverlapping(Number(first.value), Number(last.value))
      : this.#ranges6.eachOverlapping(first.value, last.value);
  }

  /** As `firstOverlapping`, with the range. */
  firstOverlappingEntry({ first, last }: AddressRange): RangeEntry<T> | undefined {
    return first.family === 4
      ? this.#ranges4.firstOverlapping(Number(first.value), Number(last.value))
      : this.#ranges6.firstOverlapping(first.value, last.value);
  }
}

/**
 * The ranges of one family. A hundred thousand range objects that live as long as the set would cost more than reading
 * them did: so it keeps the bare addresses, and makes the few ranges anew that an answer holds.
 */
class FamilyRanges<T, K extends number | bigint> {
  readonly #firsts: K[] = [];
  readonly #lasts: K[] = [];
  readonly #values: T[] = [];
  #index: IntervalIndex<K> | undefined;

  constructor(
    readonly family: Family,
    /** Below every address. */
    readonly bottom: K,
  ) {}

  get size(): number {
    return this.#values.length;
  }

  add(first: K, last: K, value: T): void {
    this.#firsts.push(first);
    this.#lasts.push(last);
    this.#values.push(value);
  }

  overlapping(first: K, last: K): RangeEntry<T>[] {
    return this.#indexed()
      .overlapping(first, last)
      .flatMap((position) => this.#entryAt(position));
  }

  *eachOverlapping(first: K, last: K): Generator<RangeEntry<T>> {
    for (const position of this.#indexed().eachOverlapping(first, last)) yield* this.#entryAt(position);
  }

  firstOverlapping(first: K, last: K): RangeEntry<T> | undefined {
    return this.#entryAt(this.#indexed().firstOverlapping(first, last))[0];
  }

  #indexed(): IntervalIndex<K> {
    return (this.#index ??= indexIntervals(this.#firsts, this.#lasts, this.bottom));
  }

  /** One entry, or none for a position below 0. */
  #entryAt(position: number): RangeEntry<T>[] {
    const { family } = this;
    const [first, last] = [this.#firsts[position], this.#lasts[position]];
    if (first === undefined || last === undefined) return [];
    const range = { first: { family, value: BigInt(first) }, last: { family, value: BigInt(last) } };
    return this.#values.slice(position, position + 1).map((value) => ({ range, value }));
  }
}
