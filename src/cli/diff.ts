/** Lines around a change that say where it is. */
const CONTEXT = 3;

interface Line {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/**
 * The difference of two texts as `patch` and `git apply` read it, or nothing when they are equal.
 *
 * @param path Relative, with `/`.
 * @param before Undefined for a new file.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const hunks = hunksOf(compareLines(linesOf(before ?? ""), linesOf(after)));
  if (hunks.length === 0) return "";
  return `--- ${before === undefined ? "/dev/null" : quotePath(`a/${path}`)}\n+++ ${quotePath(`b/${path}`)}\n${hunks.join("")}`;
}

/** Each line with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Names with unusual characters are quoted as git does; behind one with a space, a tab marks the end. */
function quotePath(path: string): string {
  // eslint-disable-next-line no-control-regex -- they are what has to be quoted
  if (/["\\\u0000-\u001f\u007f]/.test(path)) {
    // eslint-disable-next-line no-control-regex -- see above
    return `"${path.replace(/["\\\u0000-\u001f\u007f]/g, (sign) => (/["\\]/.test(sign) ? `\\${sign}` : octal(sign)))}"`;
  }
  return path.includes(" ") ? `${path}\t` : path;
}

function octal(sign: string): string {
  return `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

/**
 * The shortest way from one list of lines to the other (Myers, "An O(ND) difference algorithm and its variations").
 * Time and memory grow with the number of changed lines, which are few in a fix.
 */
function compareLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  for (let distance = 0; ; distance += 1) {
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

function hunksOf(lines: readonly Line[]): readonly string[] {
  const changes = lines.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const spans: { first: number; last: number }[] = [];
  for (const index of changes) {
    const open = spans.at(-1);
    if (open && index - open.last <= 2 * CONTEXT + 1) open.last = index;
    else spans.push({ first: index, last: index });
  }
  return spans.map(({ first, last }) => hunk(lines, Math.max(0, first - CONTEXT), last + CONTEXT + 1));
}

function hunk(lines: readonly Line[], start: number, end: number): string {
  const counted = (part: readonly Line[], sign: "-" | "+"): number =>
    part.filter((line) => line.sign === " " || line.sign === sign).length;
  const inside = lines.slice(start, end);
  const range = (sign: "-" | "+"): string => {
    const [skipped, length] = [counted(lines.slice(0, start), sign), counted(inside, sign)];
    // An empty range is named by the line before it.
    return `${sign}${length === 0 ? skipped : skipped + 1},${length}`;
  };
  const body = inside.map(({ sign, text }) =>
    text.endsWith("\n") ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ ${range("-")} ${range("+")} @@\n${body.join("")}`;
}
