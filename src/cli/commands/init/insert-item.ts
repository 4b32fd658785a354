import type { Span } from "../../../kit/source.js";
import { lineEndOf } from "./addition.js";

/** A list or an object in brackets, as JSON and JavaScript write it. */
export interface Bracketed {
  /** The offsets of both brackets. */
  readonly open: number;
  readonly close: number;
  /** The last item, without a comma behind it. */
  readonly last: Span | undefined;
}

/**
 * Adds an item behind the last one, in the way that the others are written.
 *
 * @param code The text with blanks in place of its comments: what looks like a comma there is one.
 * @param item Of several lines when it is long, with `\n` between them.
 */
export function insertItem(text: string, code: string, { open, close, last }: Bracketed, item: string): string {
  const closing = indentationAt(text, close);
  const inner = last ? indentationAt(text, last[0]) : closing + stepOf(text);
  const indented = (indentation: string): string => item.replaceAll("\n", lineEndOf(text) + indentation);
  const comma = last ? code.slice(last[1], close).indexOf(",") : 0;
  const line = text.lastIndexOf("\n", close) + 1;
  if (line > open && code.slice(line, close).trim() === "") {
    const written = inner + indented(inner) + (last && comma >= 0 ? "," : "") + lineEndOf(text);
    const end = last?.[1] ?? line;
    return text.slice(0, end) + (comma < 0 ? "," : "") + text.slice(end, line) + written + text.slice(line);
  }
  if (!last) {
    const [before, behind] = item.includes("\n") ? [lineEndOf(text) + inner, lineEndOf(text) + closing] : ["", ""];
    return text.slice(0, open + 1) + before + indented(inner) + behind + text.slice(open + 1);
  }
  const end = comma < 0 ? last[1] : last[1] + comma + 1;
  return `${text.slice(0, end)}${comma < 0 ? "," : ""} ${indented(inner)}${text.slice(end)}`;
}

function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";
}

/** The indentation of the first line that has one. */
export function stepOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
}
