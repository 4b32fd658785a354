import type { Document } from "yaml";
import type { SyntaxProblem } from "./syntax-problem.js";

/** Lines that say nothing: empty ones, comments, the marks of a document's start and end. */
const SILENT_LINES = /^(?:[ \t]*(?:#[^\n]*)?\r?(?:\n|$)|(?:---|\.\.\.)[ \t]*(?:#[^\n]*)?\r?(?:\n|$))+/;

/** `yaml` stops without a word at some faults of indentation, as after `?   key:`: the lines below them are lost. */
export function unreadRest(text: string, documents: readonly Document.Parsed[]): SyntaxProblem | undefined {
  const end = documents.at(-1)?.range[2] ?? 0;
  if (end === text.length) return undefined;
  const rest = text.slice(end).replace(SILENT_LINES, "");
  const start = text.length - rest.length;
  const first = start + (/^\s*/.exec(rest)?.[0].length ?? 0);
  if (first === text.length) return undefined;
  return { message: "The indentation of this line matches no line above", span: [first, first + 1] };
}
