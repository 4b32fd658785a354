import type { Linter } from "eslint/universal";

/**
 * The lines that a fix had no business with and changed all the same, in the text as it was: each line of it must be
 * there afterwards, in the same order and with the same line end, unless an edit's span touches it.
 *
 * @returns line numbers from 1.
 */
export function linesLost(before: string, after: string, edits: readonly Linter.LintMessage[]): number[] {
  const spans = edits.flatMap(({ fix }) => (fix ? [[fix.range, fix.text] as const] : []));
  // Offsets of fixes do not count a byte order mark.
  let offset = before.startsWith("\uFEFF") ? -1 : 0;
  const left = linesOf(after);
  let at = 0;
  return linesOf(before).flatMap((line, index) => {
    const [start, end] = [offset, offset + line.length];
    offset = end;
    if (spans.some(([span, text]) => touches(span, text, start, end, line))) return [];
    const found = left.indexOf(line, at);
    if (found === -1) return [index + 1];
    at = found + 1;
    return [];
  });
}

/** New lines in front of a line or behind it do not touch it, whichever of the two line ends is then called new. */
function touches(
  [from, to]: readonly [number, number],
  text: string,
  start: number,
  end: number,
  line: string,
): boolean {
  if (to < start || from > end) return false;
  if (from !== to) return to > start && from < end;
  if (from === start) return !/^\r?\n|\r?\n$/.test(text);
  const lineEnd = end - (/\r?\n$/.exec(line)?.[0].length ?? 0);
  if (from === lineEnd) return !/^\r?\n/.test(text) || lineEnd === end;
  return from < end;
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
