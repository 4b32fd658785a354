import type { AddressRange } from "../ipam/range.js";
import { readNetwork } from "./network-notation.js";
import type { ForbiddenRange } from "./policy.js";
import { type PolicyFault, type PolicyLocation, withoutByteOrderMark } from "./source-text.js";

const SPACE = 0x20;
const HASH = 0x23;

/**
 * Reads a list with one CIDR block, `first-last` range or address a line, and `# name` behind it.
 * Blank lines and lines that are only a comment say nothing.
 */
export function readPlainList(
  file: string,
  content: string,
): { readonly forbidden: ForbiddenRange[]; readonly faults: PolicyFault[] } {
  const list = { file, text: withoutByteOrderMark(content) };
  const { text } = list;
  const forbidden: ForbiddenRange[] = [];
  const faults: PolicyFault[] = [];
  for (let line = 1, lineStart = 0; lineStart < text.length; line++) {
    const lineEnd = endOfLine(text, lineStart);
    const start = startOfEntry(text, lineStart, lineEnd);
    const end = endOfEntry(text, start, lineEnd);
    if (start < end) {
      const entry = new ListedRange(list, line, lineStart, start, end);
      const network = readNetwork(entry.written);
      if (network.ok) forbidden.push(entry);
      else faults.push({ ...entry.location, endLine: line, endColumn: end - lineStart + 1, message: network.fault });
    }
    lineStart = lineEnd + 1;
  }
  return { forbidden, faults };
}

/**
 * One entry of a plain list. Lists from a firewall have 100,000 lines and more, of which a check names one or two:
 * so an entry keeps its offsets only, and works the rest out when it is asked.
 */
class ListedRange implements ForbiddenRange {
  readonly #list: { readonly file: string; readonly text: string };
  readonly #line: number;
  readonly #lineStart: number;
  readonly #start: number;
  readonly #end: number;

  constructor(
    list: { readonly file: string; readonly text: string },
    line: number,
    lineStart: number,
    start: number,
    end: number,
  ) {
    this.#list = list;
    this.#line = line;
    this.#lineStart = lineStart;
    this.#start = start;
    this.#end = end;
  }

  get ranges(): readonly AddressRange[] {
    const network = readNetwork(this.written);
    return network.ok ? [network.value] : [];
  }

  get written(): string {
    return this.#list.text.slice(this.#start, this.#end);
  }

  get name(): string | undefined {
    const { text } = this.#list;
    const comment = text.slice(this.#end, endOfLine(text, this.#end)).trim();
    return comment.slice(1).trim() || undefined;
  }

  get severity(): "error" {
    return "error";
  }

  get location(): PolicyLocation {
    const column = this.#start - this.#lineStart + 1;
    return { file: this.#list.file, line: this.#line, column, range: [this.#start, this.#end] };
  }
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline === -1 ? text.length : newline;
}

function startOfEntry(text: string, lineStart: number, lineEnd: number): number {
  let start = lineStart;
  while (start < lineEnd && text.charCodeAt(start) <= SPACE) start++;
  return start;
}

/** Behind the last visible character before the comment, or `start` when the line has no entry. */
function endOfEntry(text: string, start: number, lineEnd: number): number {
  let end = start;
  for (let index = start; index < lineEnd; index++) {
    const code = text.charCodeAt(index);
    if (code === HASH) break;
    if (code > SPACE) end = index + 1;
  }
  return end;
}
