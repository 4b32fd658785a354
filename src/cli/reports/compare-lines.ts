export interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** So many changed lines are looked for the shortest way; its time and memory grow with their square. */
const MOST_CHANGES = 200;

/**
 * A way from one list of lines to the other: the shortest one where few lines change. Where many do, the lines that
 * stand once in each list cut both into pieces, and a piece without such a line is replaced as a whole. So the time
 * grows with the number of lines, however many of them change.
 */
export function compareLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  const shortest = shortestWay(before, after);
  if (shortest) return shortest;
  const lines: Line[] = [];
  let [old, young] = [0, 0];
  for (const anchor of [...anchorsIn(before, after), { old: before.length, young: after.length }]) {
    const pieces = [before.slice(old, anchor.old), after.slice(young, anchor.young)] as const;
    for (const line of shortestWay(...pieces) ?? replaced(...pieces)) lines.push(line);
    // The next piece begins with the anchor, which both have.
    ({ old, young } = anchor);
  }
  return lines;
}

function replaced(before: readonly string[], after: readonly string[]): readonly Line[] {
  return [...before.map(withSign("-")), ...after.map(withSign("+"))];
}

function withSign(sign: Line["sign"]): (text: string) => Line {
  return (text) => ({ sign, text });
}

/** Where the same line stands in both lists. */
interface Anchor {
  readonly old: number;
  readonly young: number;
}

/** As many as there are of the lines that stand once in each list, in an order that both lists have them in. */
function anchorsIn(before: readonly string[], after: readonly string[]): readonly Anchor[] {
  const [olds, youngs] = [placesOfSingles(before), placesOfSingles(after)];
  const common = [...olds].flatMap(([text, old]): Anchor[] => {
    const young = youngs.get(text);
    return young === undefined ? [] : [{ old, young }];
  });
  return longestRise(common);
}

function placesOfSingles(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    else places.set(line, index);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

/** The longest part of the anchors, which are in the order of the old list, that rises in the young one as well. */
function longestRise(anchors: readonly Anchor[]): readonly Anchor[] {
  interface Chain {
    readonly anchor: Anchor;
    readonly before: Chain | undefined;
  }
  const best: Chain[] = [];
  for (const anchor of anchors) {
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((best[middle]?.anchor.young ?? Infinity) < anchor.young) low = middle + 1;
      else high = middle;
    }
    best[low] = { anchor, before: best[low - 1] };
  }
  const rise: Anchor[] = [];
  for (let chain = best.at(-1); chain; chain = chain.before) rise.push(chain.anchor);
  return rise.reverse();
}

/**
 * The shortest way (Myers, "An O(ND) difference algorithm and its variations"), or undefined where it changes too many
 * lines.
 */
function shortestWay(before: readonly string[], after: readonly string[]): readonly Line[] | undefined {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let distance = 0; distance <= MOST_CHANGES; distance += 1) {
    const next = new Map(furthest);
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let old = comesFromAbove(furthest, diagonal, distance)
        ? at(furthest, diagonal + 1)
        : at(furthest, diagonal - 1) + 1;
      while (old < before.length && before[old] === after[old - diagonal] && old - diagonal < after.length) old += 1;
      next.set(diagonal, old);
      if (old >= before.length && old - diagonal >= after.length) return walkBack([...trace, furthest], before, after);
    }
    trace.push(furthest);
    furthest = next;
  }
  return undefined;
}

/** Whether the way to a diagonal inserts a line, rather than deletes one. */
function comesFromAbove(furthest: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  if (diagonal === -distance) return true;
  return diagonal !== distance && at(furthest, diagonal - 1) < at(furthest, diagonal + 1);
}

function at(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? 0;
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): readonly Line[] {
  const lines: Line[] = [];
  let [old, young] = [before.length, after.length];
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const diagonal = old - young;
    const inserts = comesFromAbove(furthest, diagonal, distance);
    const previous = inserts ? diagonal + 1 : diagonal - 1;
    const from = distance === 0 ? 0 : at(furthest, previous);
    const keptUntil = distance === 0 ? 0 : from + (inserts ? 0 : 1);
    for (; old > keptUntil; old -= 1, young -= 1) lines.push({ sign: " ", text: before[old - 1] ?? "" });
    if (distance === 0) break;
    lines.push(inserts ? { sign: "+", text: after[young - 1] ?? "" } : { sign: "-", text: before[old - 1] ?? "" });
    [old, young] = [from, from - previous];
  }
  return lines.reverse();
}
