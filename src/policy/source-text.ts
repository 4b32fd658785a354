/** Two offsets into a text, the second one exclusive. */
export type Span = readonly [start: number, end: number];

/** The text of one file, and where its lines start. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly lineStarts: readonly number[];
}

/** A place in a file; lines and columns start at 1. */
export interface PolicyLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly range: Span;
}

/** Something wrong in a policy file: the place, and a message that holds the value, the reason and the nearest right form. */
export interface PolicyFault extends PolicyLocation {
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

/**
 * Reads the line starts of a text.
 *
 * A byte order mark is dropped first, as editors and ESLint do: every offset counts from the character behind it.
 */
export function sourceText(file: string, content: string): SourceText {
  const text = content.startsWith("\uFEFF") ? content.slice(1) : content;
  let lineStarts: readonly number[] | undefined;
  return {
    file,
    text,
    /** Of most lists nobody asks for a place. */
    get lineStarts() {
      return (lineStarts ??= lineStartsOf(text));
    },
  };
}

function lineStartsOf(text: string): readonly number[] {
  const lineStarts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) lineStarts.push(end + 1);
  return lineStarts;
}

/** Where a span starts, for a finding that names this place. */
export function locationOf(source: SourceText, range: Span): PolicyLocation {
  const [line, column] = positionOf(source, range[0]);
  return { file: source.file, line, column, range };
}

/** The part of a span on its first line: nobody wants half of a file underlined. */
export function firstLineOf({ text }: SourceText, [start, end]: Span): Span {
  const firstLine = text.slice(start, end).search(/\r?\n|$/);
  return [start, start + firstLine];
}

export function faultAt(source: SourceText, range: Span, message: string): PolicyFault {
  const [endLine, endColumn] = positionOf(source, range[1]);
  return { ...locationOf(source, range), endLine, endColumn, message };
}

/** `forbidden-ranges.yaml:5:5`; a built-in list has no lines, so its name alone: `builtin:tailscale`. */
export function formatLocation({ file, line, column }: Pick<PolicyLocation, "file" | "line" | "column">): string {
  return isBuiltin(file) ? file : `${file}:${line}:${column}`;
}

/** Whether it is the name of a list that comes with the plugin, and no file. */
export function isBuiltin(file: string): boolean {
  return file.startsWith("builtin:");
}

function positionOf({ lineStarts }: SourceText, offset: number): [line: number, column: number] {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - (lineStarts[low] ?? 0) + 1];
}
