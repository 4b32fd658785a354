/** A position as people count: lines and columns start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Two offsets into a text, the second behind the last character. */
export type Span = readonly [start: number, end: number];

/** The text of one file, without a byte order mark. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Offsets at which the lines start. */
  readonly lineStarts: readonly number[];
}

/** A stretch of a file: every value of a project knows the place that a person must change. */
export interface Place {
  readonly source: Source;
  readonly span: Span;
}

export function createSource(path: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

export function positionAt({ lineStarts }: Source, offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

export function textOf({ source, span }: Place): string {
  return source.text.slice(span[0], span[1]);
}

export function samePlace(one: Place, other: Place): boolean {
  return one.source === other.source && one.span[0] === other.span[0] && one.span[1] === other.span[1];
}

/** What ends the lines of a file, by its first one. */
export function endOfLineOf({ text }: Source): "\n" | "\r\n" {
  return text.charAt(text.indexOf("\n") - 1) === "\r" ? "\r\n" : "\n";
}
