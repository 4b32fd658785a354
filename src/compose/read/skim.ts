import { SKIPPED_SERVICE_KEYS } from "./service-keys.js";
import type { Selection } from "./yaml.js";
import type { Span } from "../../kit/source.js";

/**
 * Most of a compose file says nothing about networks, and parsing YAML is what a check costs. So before the text is
 * parsed, keys that do not matter are made comments, with all that is below them. Every offset stays what it is.
 *
 * A key is left out only when its lines alone prove that they are valid YAML without anchors, tags or repeated keys:
 * the parser would have nothing to say about them. Everything else is left for the parser.
 *
 * @param about What is to be read, whether it matters to networks or not.
 */
export function skim(text: string, about: Selection = {}): string {
  if (about === true || about["*"] === true) return text;
  const inService = about["services"] === true ? true : about["services"]?.["*"];
  if (inService === true) return text;
  const asked = new Set(Object.keys(inService ?? {}));
  // Tabs, other line breaks and templates can make anything out of a line. In a long run of spaces, the patterns below
  // would look for the end of a value at each of them.
  if (/[\t\u0085\u2028\u2029]|\{[{%]|\r(?!\n)| {100}/.test(text)) return text;
  const lines = new Lines(text);
  const irrelevant: Span[] = [];
  lines.next();
  while (lines.hasMore()) {
    if (lines.indent === 0 && lines.match(SERVICES)) {
      skimServices(lines, asked, irrelevant);
    } else if (lines.indent === 0 && lines.match(IRRELEVANT_AT_TOP)) {
      const value = skimBlock(lines);
      if (value) irrelevant.push(value);
    } else if (lines.indent === 0 && lines.match(EXTENSION)) {
      irrelevant.push(...skimValue(lines));
    } else {
      lines.next();
    }
  }
  return withComments(text, irrelevant);
}

const SERVICES = /services:[ \r]*(?:\n|$)/y;
const IRRELEVANT_AT_TOP = /(?:volumes|configs|secrets|x-[\w.-]+):[ \r]*(?:\n|$)/y;
const EXTENSION = /x-[\w.-]+: /y;
const SERVICE = /[A-Za-z0-9_][\w.-]*:[ \r]*(?:\n|$)/y;
const KEY = /(<<|[A-Za-z_][\w-]*):(?=[ \r\n]|$)/y;
const DASH = /-(?:[ \r\n]|$)/y;
const KEY_ALONE = /[A-Za-z_][\w-]*:[ \r]*(?:\n|$)/y;

const QUOTED = String.raw`"[^"\\\n]*"|'[^'\n]*'`;
const PLAIN = String.raw`[A-Za-z0-9_/.$~+(=][^\n\r#:]*(?:[:#][^\s#:][^\n\r#:]*)*`;
const FLAT_LIST = String.raw`\[(?: *(?:${QUOTED}) *,)* *(?:${QUOTED}) *\]`;
const END = String.raw` *(?: #[^\n]*)?\r?(?:\n|$)`;
const ITEM = new RegExp(`- +(?:${QUOTED}|${PLAIN})${END}`, "y");
const PAIR = new RegExp(`([A-Za-z_][\\w./-]*): +(?:${QUOTED}|${FLAT_LIST}|${PLAIN})${END}`, "y");
const EMPTY_OR_COMMENT = / *(?:#[^\n]*)?\r?(?:\n|$)/y;

/** A cursor over the lines of a text. */
class Lines {
  /** Where the line starts, and where its first character that is no space stands. */
  start = 0;
  content = 0;
  #end = 0;

  constructor(readonly text: string) {}

  hasMore(): boolean {
    return this.start < this.text.length;
  }

  get indent(): number {
    return this.content - this.start;
  }

  /** Moves to the next line that is neither empty nor a comment. */
  next(): void {
    do {
      this.start = this.#end;
      const newline = this.text.indexOf("\n", this.start);
      this.#end = newline === -1 ? this.text.length : newline + 1;
      this.content = this.start;
      while (this.text.charCodeAt(this.content) === 32) this.content += 1;
    } while (this.hasMore() && this.#isEmptyOrComment());
  }

  /** @param pattern Sticky. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.content;
    return pattern.exec(this.text);
  }

  #isEmptyOrComment(): boolean {
    EMPTY_OR_COMMENT.lastIndex = this.content;
    return EMPTY_OR_COMMENT.test(this.text);
  }
}

function skimServices(lines: Lines, asked: ReadonlySet<string>, irrelevant: Span[]): void {
  lines.next();
  const indent = lines.indent;
  while (lines.hasMore() && lines.indent > 0) {
    const isService = lines.indent === indent && lines.match(SERVICE) !== null;
    lines.next();
    if (isService && lines.indent > indent) irrelevant.push(...skimService(lines, asked));
  }
}

/**
 * Starts on the first key of a service, and ends behind the service.
 *
 * @returns the keys that may go: none, unless every line at their column begins a key that the service has once.
 */
function skimService(lines: Lines, asked: ReadonlySet<string>): Span[] {
  const { indent } = lines;
  const keys = new Set<string>();
  const irrelevant: Span[] = [];
  let isPlain = true;
  while (lines.hasMore() && lines.indent >= indent) {
    if (lines.indent > indent) {
      lines.next();
      continue;
    }
    const key = lines.match(KEY)?.[1];
    isPlain &&= key !== undefined && !keys.has(key);
    if (key !== undefined) keys.add(key);
    if (key !== undefined && SKIPPED_SERVICE_KEYS.has(key) && !asked.has(key)) irrelevant.push(...skimPair(lines));
    else lines.next();
  }
  return isPlain && lines.indent < indent ? irrelevant : [];
}

/** Starts on the line of a key, and ends behind that line, but not beyond the value. One span, or none. */
function skimPair(lines: Lines): Span[] {
  const { start, indent } = lines;
  const pair = lines.match(PAIR);
  if (!pair && lines.match(KEY_ALONE)) {
    const value = skimBlock(lines);
    return value ? [[start, value[1]]] : [];
  }
  const end = lines.content + (pair?.[0].trimEnd().length ?? 0);
  lines.next();
  // A deeper line goes on with the text.
  return pair && lines.indent <= indent ? [[start, end]] : [];
}

/** As `skimPair`, for a key that stays: another one with its name would be a fault. */
function skimValue(lines: Lines): Span[] {
  const { content, indent } = lines;
  const [whole = "", key = ""] = lines.match(PAIR) ?? [];
  lines.next();
  return whole !== "" && lines.indent <= indent ? [[content + key.length + 2, content + whole.trimEnd().length]] : [];
}

/**
 * Starts on the line of a key without a value, and ends behind its value.
 *
 * @returns where the value is, when the parser would have nothing to say about it.
 */
function skimBlock(lines: Lines): Span | undefined {
  const keyIndent = lines.indent;
  lines.next();
  const { start, indent } = lines;
  const isList = lines.match(ITEM) !== null;
  // The dashes of a list may stand below their key's first letter.
  if (!lines.hasMore() || indent < keyIndent || (indent === keyIndent && !isList)) return undefined;
  const keys = new Set<string>();
  let end = start;
  while (lines.hasMore() && lines.indent === indent && (indent > keyIndent || lines.match(DASH))) {
    const [whole, key] = lines.match(isList ? ITEM : PAIR) ?? [];
    if (whole === undefined || (key !== undefined && keys.has(key))) return undefined;
    if (key !== undefined) keys.add(key);
    end = lines.content + whole.trimEnd().length;
    lines.next();
  }
  const goesOn = lines.indent > keyIndent || (lines.indent === keyIndent && lines.match(DASH) !== null);
  return lines.hasMore() && goesOn ? undefined : [start, end];
}

function withComments(text: string, spans: readonly Span[]): string {
  let skimmed = "";
  let from = 0;
  for (let index = 0; index < spans.length;) {
    const [start, firstEnd] = spans[index] ?? [0, 0];
    let end = firstEnd;
    index += 1;
    // One long comment is read faster than many short ones.
    for (let next = spans[index]; next && text.slice(end, next[0]).trim() === ""; next = spans[index]) {
      end = next[1];
      index += 1;
    }
    skimmed += `${text.slice(from, start)}#${" ".repeat(end - start - 1)}`;
    from = end;
  }
  return skimmed + text.slice(from);
}
