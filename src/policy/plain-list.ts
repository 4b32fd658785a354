import { looksLikeAddress } from "../ipam/address-like.js";
import { readNetwork } from "./schema/network-notation.js";
import type { ForbiddenRange } from "./policy.js";
import {
  faultAt,
  locationOf,
  type PolicyFault,
  type PolicyLocation,
  sourceText,
  type SourceText,
} from "./source-text.js";
import type { AddressRange } from "../ipam/address.js";

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
  const source = sourceText(file, content);
  const { text, lineStarts } = source;
  const forbidden: ForbiddenRange[] = [];
  const faults: PolicyFault[] = [];
  for (const lineStart of lineStarts) {
    const lineEnd = endOfLine(text, lineStart);
    const start = startOfEntry(text, lineStart, lineEnd);
    const end = endOfEntry(text, start, lineEnd);
    if (start === end) continue;
    const network = readNetwork(text.slice(start, end));
    if (network.ok) forbidden.push(new ListedRange(source, start, end));
    else faults.push(faultAt(source, [start, end], faultOf(text.slice(start, end), network.fault)));
  }
  return { forbidden, faults };
}

/** Any text file may be named as a list: its lines are nobody's business, unless they look like what a list holds. */
function faultOf(written: string, fault: string): string {
  return looksLikeAddress(written) ? fault : "the line is not a CIDR block, a range first-last or an address";
}

/**
 * One entry of a plain list. Lists from a firewall have 100,000 lines and more, of which a check names one or two:
 * so an entry keeps its offsets only, and works the rest out when it is asked.
 */
class ListedRange implements ForbiddenRange {
  readonly #source: SourceText;
  readonly #start: number;
  readonly #end: number;

  constructor(source: SourceText, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get ranges(): readonly AddressRange[] {
    const network = readNetwork(this.written);
    return network.ok ? [network.value] : [];
  }

  get written(): string {
    return this.#source.text.slice(this.#start, this.#end);
  }

  get name(): string | undefined {
    const { text } = this.#source;
    const comment = text.slice(this.#end, endOfLine(text, this.#end)).trim();
    return comment.slice(1).trim() || undefined;
  }

  get severity(): "error" {
    return "error";
  }

  get location(): PolicyLocation {
    return locationOf(this.#source, [this.#start, this.#end]);
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
