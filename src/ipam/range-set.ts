import { type IntervalIndex, indexIntervals } from "./interval-index.js";
import type { AddressRange } from "./range.js";

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
  readonly #entries4: readonly RangeEntry<T>[];
  readonly #entries6: readonly RangeEntry<T>[];
  readonly #index4: IntervalIndex<number>;
  readonly #index6: IntervalIndex<bigint>;

  constructor(entries: readonly RangeEntry<T>[]) {
    this.size = entries.length;
    this.#entries4 = entries.filter(({ range }) => range.first.family === 4);
    this.#entries6 = entries.filter(({ range }) => range.first.family === 6);
    // IPv4 addresses fit a number, which compares several times faster than a bigint.
    this.#index4 = indexIntervals(
      this.#entries4.map(({ range }) => Number(range.first.value)),
      this.#entries4.map(({ range }) => Number(range.last.value)),
      -1,
    );
    this.#index6 = indexIntervals(
      this.#entries6.map(({ range }) => range.first.value),
      this.#entries6.map(({ range }) => range.last.value),
      -1n,
    );
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
  overlappingEntries(range: AddressRange): RangeEntry<T>[] {
    const { first, last } = range;
    const [entries, positions] =
      first.family === 4
        ? [this.#entries4, this.#index4.overlapping(Number(first.value), Number(last.value))]
        : [this.#entries6, this.#index6.overlapping(first.value, last.value)];
    return positions.flatMap((position) => entries[position] ?? []);
  }

  /** As `firstOverlapping`, with the range. */
  firstOverlappingEntry(range: AddressRange): RangeEntry<T> | undefined {
    const { first, last } = range;
    return first.family === 4
      ? this.#entries4[this.#index4.firstOverlapping(Number(first.value), Number(last.value))]
      : this.#entries6[this.#index6.firstOverlapping(first.value, last.value)];
  }
}
