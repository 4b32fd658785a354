import { Lexer } from "yaml";

import type { ComposeDocument } from "../../read/compose-file.js";
import type { Source } from "../../../kit/source.js";
import { edited, insertion, refused, type EditOutcome } from "../../../kit/edit.js";

/** What may follow a value on its line: a comment, and the end of a list of merged maps (`<<: [*a, *b]`). */
const REST_OF_LINE = /^(?:(?:[ \t]*,[ \t]*\*[^\s,\]]+)*[ \t]*\])?[ \t]*(?:#.*)?$/;

/** Adds lines below the line on which a value ends. */
export function linesBelow(source: Source, valueEnd: number, lines: readonly string[]): EditOutcome {
  const { text } = source;
  if (text[valueEnd - 1] === "\n") return edited(insertion(valueEnd, linesBefore(source, valueEnd, lines)));
  const end = lineEnd(source, valueEnd);
  if (!REST_OF_LINE.test(text.slice(valueEnd, end))) {
    const because = "the line that it would follow goes on: a list of merge keys over several lines";
    return refused(because, { source, span: [valueEnd, end] });
  }
  if (end === text.length && endsInOpenText(text)) return refuseOpenText(source);
  return edited(insertion(end, linesBehind(source, end, lines)));
}

/** Adds lines to the end of a document, in front of its end marker and behind the comments that stand there. */
export function linesAtEnd({ root, span }: ComposeDocument, lines: readonly string[]): EditOutcome {
  const { source } = root.place;
  const { text } = source;
  const content = root.place.span[0];
  const marker = /^(?:---|\.\.\.)(?=\s|$)/m.exec(text.slice(content, span[1]));
  const limit = marker ? content + marker.index : span[1];
  const end = content + text.slice(content, limit).replace(/[ \t\r\n]+$/, "").length;

  if (!/^\r?\n$/.test(text.slice(end, limit)) || KEEPING_HEADER.test(text)) {
    const block = lastBlockScalar(text.slice(0, limit));
    if (block && block.end >= end) {
      if (text[block.end - 1] === "\n") return edited(insertion(block.end, linesBefore(source, block.end, lines)));
      if (!block.strips) return refuseOpenText(source);
    }
  }
  const lastLineEnd = lineEnd(source, end);
  // A file that sets its top-level keys apart by empty lines goes on so.
  const apart = /\n[ \t]*\r?\n[A-Za-z]/.test(text.slice(content, limit)) ? endOfLineAt(source, lastLineEnd) : "";
  return edited(insertion(lastLineEnd, apart + linesBehind(source, lastLineEnd, lines)));
}

/** The end of the line at an offset, before its line break: behind a comment that stands there. */
export function lineEnd({ text }: Source, offset: number): number {
  const next = text.indexOf("\n", offset);
  if (next === -1) return text.length;
  return next > offset && text[next - 1] === "\r" ? next - 1 : next;
}

function linesBehind(source: Source, lineEnd: number, lines: readonly string[]): string {
  return lines.map((line) => endOfLineAt(source, lineEnd) + line).join("");
}

function linesBefore(source: Source, lineStart: number, lines: readonly string[]): string {
  return lines.map((line) => line + endOfLineAt(source, lineStart - 1)).join("");
}

/** The line break in which the line at an offset ends; at the end of a file, the one that its first line ends in. */
function endOfLineAt({ text }: Source, offset: number): string {
  const here = text.indexOf("\n", offset);
  return text[(here === -1 ? text.indexOf("\n") : here) - 1] === "\r" ? "\r\n" : "\n";
}

/** `|+` and `>+` keep every empty line that follows. */
const KEEPING_HEADER = /[|>][1-9]?\+/;
/** What the lexer says between the pieces of the text: they are no pieces themselves. */
const SIGNS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f", "\ufeff"]);
const TEXT_SIGN = "\u001f";

interface BlockScalar {
  /** The offset behind its last line break. */
  readonly end: number;
  /** The header says that the last line break is no part of the text. */
  readonly strips: boolean;
}

/** The block scalar (`|`, `>`) that a text ends in, comments and empty lines that are none of its own left out. */
function lastBlockScalar(text: string): BlockScalar | undefined {
  if (!/[|>][-+1-9]*[ \t]*(?:#.*)?\r?$/m.test(text)) return undefined;
  let offset = 0;
  let sign: string | undefined;
  let header: string | undefined;
  let last: BlockScalar | undefined;
  for (const token of new Lexer().lex(text)) {
    if (SIGNS.has(token)) {
      sign = token;
      continue;
    }
    offset += token.length;
    if (sign === TEXT_SIGN) {
      // A last line of spaces alone is a part of the text only as long as no line break follows.
      const strips = header?.includes("-") === true && !/\n[ \t]+$/.test(token);
      last = header === undefined ? undefined : { end: offset, strips };
      header = undefined;
    } else if (/^[|>]/.test(token)) {
      header = token;
    }
    sign = undefined;
  }
  return last;
}

/** Whether a file ends in the middle of a block scalar, with a line that has no line break: one more would change it. */
function endsInOpenText(text: string): boolean {
  const block = lastBlockScalar(text);
  return block !== undefined && block.end === text.length && !block.strips;
}

function refuseOpenText(source: Source): EditOutcome {
  const end = source.text.length;
  return refused("the file ends in a text block without a line break", { source, span: [end, end] });
}
