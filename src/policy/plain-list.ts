import { looksLikeAddress } from "../ipam/address-like.js";
import { readNetwork } from "./schema/network-notation.js";
import type { ForbiddenRange, ForbiddenRanges } from "./policy.js";
import {
  faultAt,
  locationOf,
  type PolicyFault,
  type PolicyLocation,
  sourceText,
  type SourceText,
} from "./source-text.js";
import type { AddressRange } from "../ipam/address.js";
import { MadeRanges } from "../ipam/joined-ranges.js";
import { type RangeEntry, RangeSet } from "../ipam/range-set.js";
import { thousands } from "../kit/thousands.js";

const SPACE = 0x20;
const HASH = 0x23;

/** A list may be any file: nobody reads on after so many lines that are wrong. */
const MOST_FAULTS = 1000;
/** An address of IPv6 takes several times the room of one of IPv4, and may be three characters long. */
const MOST_IPV6 = 500_000;

/**
 * Reads a list with one CIDR block, `first-last` range or address a line, and `# name` behind it.
 * Blank lines and lines that are only a comment say nothing.
 */
export function readPlainList(
  file: string,
  content: string,
): { readonly forbidden: ForbiddenRanges; readonly faults: PolicyFault[] } {
  const source = sourceText(file, content);
  const { text } = source;
  const spans = new Spans();
  const faults: PolicyFault[] = [];
  let [wrong, ipv6] = [0, 0];
  let lineEnd = -1;
  while (lineEnd < text.length) {
    const lineStart = lineEnd + 1;
    lineEnd = endOfLine(text, lineStart);
    const start = startOfEntry(text, lineStart, lineEnd);
    const end = endOfEntry(text, start, lineEnd);
    if (start === end) continue;
    const network = readNetwork(text.slice(start, end));
    if (network.ok) {
      const isIpv6 = network.value.first.family === 6;
      if (isIpv6) ipv6 += 1;
      if (!isIpv6 || ipv6 <= MOST_IPV6) spans.add(start, end);
      else if (ipv6 === MOST_IPV6 + 1) faults.push(faultAt(source, [start, end], TOO_MANY_IPV6));
      continue;
    }
    wrong += 1;
    if (wrong <= MOST_FAULTS)
      faults.push(faultAt(source, [start, end], faultOf(text.slice(start, end), network.fault)));
    else if (wrong === MOST_FAULTS + 1) faults.push(faultAt(source, [start, end], TOO_MANY_FAULTS));
  }
  return { forbidden: new PlainList(source, spans), faults };
}

const TOO_MANY_FAULTS = `more than ${thousands(MOST_FAULTS)} lines of the list are wrong; this is the next one`;
const TOO_MANY_IPV6 = `the list has more than ${thousands(MOST_IPV6)} IPv6 entries; join neighbours into larger blocks`;

/** Any text file may be named as a list: its lines are nobody's business, unless they look like what a list holds. */
function faultOf(written: string, fault: string): string {
  return looksLikeAddress(written) ? fault : "the line is not a CIDR block, a range first-last or an address";
}

/** Pairs of offsets, in a tenth of the room that objects take. */
class Spans {
  length = 0;
  #offsets = new Uint32Array(64);

  add(start: number, end: number): void {
    const at = 2 * this.length;
    if (at === this.#offsets.length) {
      const larger = new Uint32Array(2 * at);
      larger.set(this.#offsets);
      this.#offsets = larger;
    }
    this.#offsets[at] = start;
    this.#offsets[at + 1] = end;
    this.length += 1;
  }

  at(index: number): readonly [start: number, end: number] {
    return [this.#offsets[2 * index] ?? 0, this.#offsets[2 * index + 1] ?? 0];
  }
}

/**
 * The entries of a plain list. Lists from a firewall have 100,000 lines and more, of which a check names one or two: so
 * a list keeps offsets only, and makes an entry when it is asked for one.
 */
class PlainList implements ForbiddenRanges {
  readonly #source: SourceText;
  readonly #spans: Spans;
  #set: RangeSet<ForbiddenRange> | undefined;

  constructor(source: SourceText, spans: Spans) {
    this.#source = source;
    this.#spans = spans;
  }

  get length(): number {
    return this.#spans.length;
  }

  /** All of them are enforced, on any day: so many policies that extend one list have one set. */
  get always(): RangeSet<ForbiddenRange> {
    this.#set ??= new MadeRanges(new RangeSet(this.#entries()), (index: number) => this.#entryAt(index));
    return this.#set;
  }

  *[Symbol.iterator](): Generator<ForbiddenRange> {
    for (let index = 0; index < this.length; index += 1) yield this.#entryAt(index);
  }

  *#entries(): Generator<RangeEntry<number>> {
    for (let index = 0; index < this.length; index += 1) {
      for (const range of this.#entryAt(index).ranges) yield { range, value: index };
    }
  }

  #entryAt(index: number): ForbiddenRange {
    return new ListedRange(this.#source, ...this.#spans.at(index));
  }
}

/** One entry of a plain list: it works out what it is asked. */
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
