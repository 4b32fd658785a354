/** Intervals of one family, by position in the arrays that the index was built from. */
export interface IntervalIndex<K extends number | bigint> {
  /** Every interval that shares a key with `first` to `last`, in the order of first keys, ties as given. */
  overlapping(first: K, last: K): number[];
  /** The same, one after the other: whoever has seen enough stops. */
  eachOverlapping(first: K, last: K): Generator<number>;
  /** The first of them, or -1. */
  firstOverlapping(first: K, last: K): number;
}

/**
 * Indexes the intervals `firsts[i]` to `lasts[i]`, which may nest and overlap. Keys are addresses: numbers of 32 bits,
 * bigints of 128. `bottom` is a key below all others.
 *
 * The intervals are sorted by first key. Those that begin inside a query are then one run of neighbours, found by two
 * binary searches. Those that begin no later than it and reach into it can lie anywhere to the left: a complete binary
 * tree over the sorted intervals holds the greatest last key of each subtree, and leads to the next one that reaches far
 * enough in O(log n), however many small intervals a huge one surrounds.
 */
export function indexIntervals<K extends number | bigint>(
  firsts: readonly K[],
  lasts: readonly K[],
  bottom: K,
): IntervalIndex<K> {
  const order = sortedPositions(firsts);
  const sortedFirsts = Array.from(order, (position) => firsts[position] ?? bottom);
  const reach = buildReach(order, lasts, bottom);
  const leaves = reach.length / 2;

  /** The number of intervals that begin at `key` or below it. */
  function countBegun(key: K): number {
    let low = 0;
    let high = sortedFirsts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sortedFirsts[middle] ?? bottom) <= key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The next place from `from` on whose interval reaches `key`. There is none before `end` if the answer is not. */
  function nextReaching(from: number, end: number, key: K): number {
    if (from >= end) return end;
    let node = leaves + from;
    while ((reach[node] ?? bottom) < key) {
      while (node % 2 === 1) node = (node - 1) / 2;
      if (node === 0) return end;
      node++;
    }
    while (node < leaves) {
      node *= 2;
      if ((reach[node] ?? bottom) < key) node++;
    }
    return node - leaves;
  }

  function* eachOverlapping(first: K, last: K): Generator<number> {
    const inside = countBegun(first);
    const end = countBegun(last);
    for (let place = nextReaching(0, inside, first); place < inside; place = nextReaching(place + 1, inside, first)) {
      yield order[place] ?? -1;
    }
    for (let place = inside; place < end; place++) yield order[place] ?? -1;
  }

  return {
    overlapping: (first, last) => [...eachOverlapping(first, last)],
    eachOverlapping,
    firstOverlapping(first, last) {
      const end = countBegun(last);
      const place = nextReaching(0, end, first);
      return place < end ? (order[place] ?? -1) : -1;
    },
  };
}

/** A position below it fits beside 32 bits in a number. */
const MOST = 2 ** 21;

/**
 * The positions in the order of their keys. A typed array sorts bare numbers several times faster than any array sorts
 * by asking a function: so the leading 32 bits of a key and its position make one number, and only keys with the same
 * leading bits are compared with each other.
 */
function sortedPositions(firsts: readonly (number | bigint)[]): Uint32Array {
  const compare = (a: number, b: number): number => {
    const [firstOfA, firstOfB] = [firsts[a], firsts[b]];
    if (firstOfA === undefined || firstOfB === undefined || firstOfA === firstOfB) return a - b;
    return firstOfA < firstOfB ? -1 : 1;
  };
  if (firsts.length > MOST) return Uint32Array.from(firsts, (_, position) => position).sort(compare);

  const leading = (first: number | bigint): number => (typeof first === "bigint" ? Number(first >> 96n) : first);
  const packed = Float64Array.from(firsts, (first, position) => leading(first) * MOST + position).sort();
  const positions = Uint32Array.from(packed, (each) => each % MOST);
  let start = 0;
  for (let end = 1; end <= packed.length; end++) {
    if (Math.floor((packed[end] ?? Infinity) / MOST) === Math.floor((packed[start] ?? 0) / MOST)) continue;
    if (end - start > 1) positions.subarray(start, end).sort(compare);
    start = end;
  }
  return positions;
}

/** A complete binary tree in an array: the root at 1, the children of `n` at `2n` and `2n + 1`, the leaves in order. */
function buildReach<K extends number | bigint>(order: Uint32Array, lasts: readonly K[], bottom: K): K[] {
  let leaves = 1;
  while (leaves < order.length) leaves *= 2;
  const reach = new Array<K>(leaves * 2).fill(bottom);
  order.forEach((position, place) => {
    reach[leaves + place] = lasts[position] ?? bottom;
  });
  for (let node = leaves - 1; node > 0; node--) {
    const left = reach[node * 2] ?? bottom;
    const right = reach[node * 2 + 1] ?? bottom;
    reach[node] = left < right ? right : left;
  }
  return reach;
}
