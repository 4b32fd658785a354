import type { Position, Range } from "vscode-languageserver";

import type { Span } from "../kit/source.js";

/** The lines of a text as the protocol counts them: a lone carriage return ends one as well. Columns are UTF-16 units. */
export class TextLines {
  readonly #starts: number[] = [0];

  constructor(readonly text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) this.#starts.push(index + end.length);
  }

  positionAt(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  /** What lies behind the end of a line stands for that end, and so does what lies behind the last line. */
  offsetAt({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return line < 0 ? 0 : this.text.length;
    const next = this.#starts[line + 1];
    const end = next === undefined ? this.text.length : start + endOfLine(this.text.slice(start, next));
    return Math.min(start + Math.max(character, 0), end);
  }

  rangeOf([start, end]: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  spanOf({ start, end }: Range): Span {
    return [this.offsetAt(start), this.offsetAt(end)];
  }
}

function endOfLine(line: string): number {
  return line.replace(/(?:\r\n?|\n)$/, "").length;
}

/** The lines of a text that may begin with a byte order mark, which no span of ours counts. */
export class MarkedLines {
  readonly #lines: TextLines;
  readonly #mark: number;

  constructor(text: string) {
    this.#lines = new TextLines(text);
    this.#mark = text.startsWith("\uFEFF") ? 1 : 0;
  }

  rangeOf([start, end]: Span): Range {
    return this.#lines.rangeOf([start + this.#mark, end + this.#mark]);
  }

  spanOf(range: Range): Span {
    const [start, end] = this.#lines.spanOf(range);
    return [Math.max(start - this.#mark, 0), Math.max(end - this.#mark, 0)];
  }
}
