/**
 * How many insertions, deletions, substitutions and swaps of neighbours turn one word into the other
 * (optimal string alignment: no part is edited twice).
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = from[row - 1] === to[column - 1] ? 0 : 1;
      let distance = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + substitution);
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (isSwap) distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

/**
 * The candidate that somebody most likely meant, or undefined when none is near.
 *
 * Case, hyphens and underscores do not count; a beginning of at least three letters (`warning` for `warn`) is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = bare(word);
  let best: string | undefined;
  let bestDistance = Math.floor(Math.max(wanted.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    const known = bare(candidate);
    const isBeginning =
      Math.min(known.length, wanted.length) >= 3 && (known.startsWith(wanted) || wanted.startsWith(known));
    // A word has at least as many edits as it has letters more: millions, for a key that is an attack.
    const isFar = Math.abs(known.length - wanted.length) >= Math.min(bestDistance, known.length);
    if (isFar && !isBeginning) continue;
    const distance = known === wanted ? 0 : isBeginning ? 1 : editDistance(wanted, known);
    if (distance >= bestDistance || distance >= known.length) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "");
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
