import {
  Composer,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Alias,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLParseError,
} from "yaml";

import { mayHaveAliases, resolveAliases, type Aliases } from "./aliases.js";
import { withLinesOfCompose } from "./line-breaks.js";
import { DEEPEST } from "./nesting.js";
import { inOrder, repeatedKeys } from "./repeated-keys.js";
import type { Place, Source, Span } from "../../kit/source.js";
import { controlCharacterIn } from "./refused-by-compose.js";
import { boundedTokens, MOST_TOKENS } from "./tokens.js";
import { unreadRest } from "./unread-rest.js";
import type { Entry, MapValue, ScalarValue, Sharing, Value } from "./value.js";
import type { SyntaxProblem } from "./syntax-problem.js";

/** Which keys of a map are read: `true` reads all below, a nested selection only some; `*` stands for any other key. */
export type Selection = true | { readonly [key: string]: Selection };

export interface YamlDocument {
  readonly root: Value | undefined;
  readonly span: Span;
  /** Whether it begins with `---`: then it is a document even if nothing is in it. */
  readonly isMarked: boolean;
  /** Constructs that Compose refuses and YAML does not: keys that are no strings. */
  readonly oddKeys: readonly Place[];
}

export interface YamlText {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads the selected parts of every document in a text.
 *
 * @param text What is parsed in place of the source's own text: as long as that, and with the same selected parts.
 * @param most Tokens that the text may be made of.
 * @param reader Whether what Compose refuses is a problem as well.
 * @returns all documents, or the problems that keep the text from being YAML. Never throws.
 */
export function readYaml(
  source: Source,
  selection: Selection,
  text = source.text,
  most = MOST_TOKENS,
  reader: "compose" | "any" = "compose",
): YamlText {
  const problems: SyntaxProblem[] = [];
  const isForCompose = reader === "compose";
  const refuse = (message: string, at: number): void => void problems.push({ message, span: [at, at + 1] });
  const control = isForCompose ? controlCharacterIn(source.text) : undefined;
  if (control) refuse(control.message, control.offset);
  const lines = withLinesOfCompose(text);
  // Compose reads every text by the same schema, whatever version of YAML the text asks for.
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const tokens = boundedTokens(lines, most, isForCompose, refuse);
  const parsed = withoutTraces(() => [...composer.compose(tokens)]);
  for (const document of parsed) {
    problems.push(
      ...inOrder(repeatedKeys(document), document.errors.filter(isFault).slice(0, MOST_PROBLEMS).map(problemOf)),
    );
  }
  problems.push(...composer.streamInfo().errors.map(problemOf));
  const rest = problems.length === 0 ? unreadRest(lines, parsed) : undefined;
  if (rest) problems.push(rest);
  // Looking at every node takes time, and most texts have no alias.
  const resolved = mayHaveAliases(text) ? parsed.map(resolveAliases) : [];
  problems.push(...resolved.flatMap((aliases) => aliases.problems));
  if (problems.length > 0) return { documents: [], problems };
  return {
    problems,
    documents: parsed.map((document, index) => {
      const oddKeys: Place[] = [];
      const reader = new Reader(source, resolved[index]?.targets ?? new Map(), oddKeys, problems);
      const root = document.contents === null ? undefined : reader.read(document.contents, selection);
      const isMarked = document.directives.docStart === true;
      return { root, span: [document.range[0], document.range[2]], isMarked, oddKeys };
    }),
  };
}

/** Hardly anybody reads the second one. */
const MOST_PROBLEMS = 1000;

/** The parser makes an error of each mark that is out of place, and its trace takes more room than all the rest. */
function withoutTraces<Value>(parse: () => Value): Value {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return parse();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Compose does not ask for a blank before a comment that quotes or brackets come before. */
function isFault({ code, message }: YAMLParseError): boolean {
  return code !== "MISSING_CHAR" || !message.startsWith("Comments must be separated");
}

function problemOf({ message, pos }: YAMLParseError): SyntaxProblem {
  return { message: withoutText(message), span: pos };
}

/** The parser quotes what it stumbles over, which may be any value of the file. The place says as much. */
export function withoutText(message: string): string {
  return message
    .replace(
      /^((?:Unexpected .* token in YAML \w+|Block scalar header includes extra characters|Not a YAML token)):.*$/s,
      "$1",
    )
    .replace(/^(Invalid escape sequence).*$/s, "$1");
}

/** Values that aliases may bring into one document. Aliases of aliases grow without end in a few lines. */
const MOST_COPIES = 100_000;

class Reader {
  #depth = 0;
  #copies = 0;

  constructor(
    readonly source: Source,
    readonly targets: Aliases["targets"],
    readonly oddKeys: Place[],
    readonly problems: SyntaxProblem[],
  ) {}

  read(node: Node, selection: Selection, sharedBy?: Sharing): Value {
    if (isAlias(node)) return this.#readAlias(node, selection);
    if (sharedBy) this.#copies += 1;
    const written = { place: this.#placeOf(node), ...marksOf(node), ...(sharedBy && { sharedBy }) };
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      this.#readEntries(node, selection, entries, sharedBy);
      return { kind: "map", flow: node.flow === true, entries, ...written };
    }
    if (isSeq(node)) {
      this.#depth += 1;
      const items = node.items.map((item) => this.#readUnknown(item, selection, sharedBy));
      this.#depth -= 1;
      return { kind: "list", flow: node.flow === true, items, ...written };
    }
    const { value, style } = scalarOf(node);
    const text = typeof value === "string" ? this.#asWritten(value, written.place) : value;
    return { kind: "scalar", value: text, style, ...written };
  }

  #readUnknown(node: unknown, selection: Selection, sharedBy: Sharing | undefined): Value {
    if (isNode(node)) return this.read(node, selection, sharedBy);
    // `yaml` leaves a value out only for a key without a colon inside a flow map: `{ a }`.
    return emptyScalar(this.source, 0);
  }

  #readEntries(node: YAMLMap, selection: Selection, entries: Map<string, Entry>, sharedBy: Sharing | undefined): void {
    this.#depth += 1;
    const merges: Pair[] = [];
    for (const pair of node.items) {
      if (isMergeKey(pair)) {
        merges.push(pair);
        continue;
      }
      const { key: keyNode, value } = pair;
      if (!isNode(keyNode)) continue;
      const keyTarget = isAlias(keyNode) ? this.targets.get(keyNode) : keyNode;
      const keyPlace = this.#placeOf(keyNode);
      if (!isScalar(keyTarget) || typeof keyTarget.value !== "string" || isDate(keyTarget)) this.oddKeys.push(keyPlace);
      if (!isScalar(keyTarget)) continue;
      const colon = node.flow === true && this.#swallowsColon(keyNode) ? ":" : "";
      const key = this.#asWritten(String(keyTarget.value), keyPlace) + colon;
      const below = selectionOf(selection, key);
      if (below === undefined) continue;
      const read =
        value === null || value === undefined
          ? emptyScalar(this.source, keyPlace.span[1])
          : this.#readUnknown(value, below, sharedBy);
      entries.set(key, { key, keyPlace, value: read });
    }
    for (const pair of merges) this.#merge(pair, selection, entries);
    const [, second] = merges;
    if (second && isNode(second.key)) this.#refuse(second.key, "Map keys must be unique");
    this.#depth -= 1;
  }

  /** Explicit keys win over merged ones, and earlier merged maps over later ones (YAML's merge key draft). */
  #merge(pair: Pair, selection: Selection, entries: Map<string, Entry>): void {
    const whole = isAlias(pair.value) ? this.targets.get(pair.value) : pair.value;
    for (const from of isSeq(whole) ? whole.items : [pair.value]) {
      const target = isAlias(from) ? this.#follow(from) : from;
      if (!isMap(target) || !isNode(from)) {
        const written = [from, pair.value, pair.key].find(isNode);
        if (written) this.#refuse(written, "A merge key takes a map or a list of maps");
        continue;
      }
      const alias = [from, pair.value].find(isAlias);
      const sharing: Sharing = {
        kind: "merge key",
        anchor: alias?.source ?? "<<",
        place: this.#placeOf(alias ?? from),
        ...(isSeq(whole) && { listed: true }),
      };
      const merged = new Map<string, Entry>();
      this.#readEntries(target, selection, merged, sharing);
      for (const [key, entry] of merged) {
        const before = entries.get(key);
        if (lengthOf(before) + lengthOf(entry) <= DEEPEST) {
          entries.set(key, inFrontOf(before, { ...entry, mergedBy: sharing }));
        } else if (this.problems.length === 0) {
          this.#refuse(alias ?? from, `Merge keys bring in one key more than ${DEEPEST} times`);
        }
      }
    }
  }

  #readAlias(alias: Alias, selection: Selection): Value {
    const place = this.#placeOf(alias);
    const target = this.#follow(alias);
    if (target === undefined) return { kind: "scalar", value: null, style: "plain", place };
    return this.read(target, selection, { kind: "alias", anchor: alias.source, place });
  }

  /** What an alias stands for, as long as it is not too much. */
  #follow(alias: Alias): Node | undefined {
    this.#copies += 1;
    if (this.#depth <= DEEPEST && this.#copies <= MOST_COPIES) return this.targets.get(alias);
    if (this.problems.length === 0) this.#refuse(alias, "The alias expands to too much");
    return undefined;
  }

  #refuse(node: Node, message: string): void {
    this.problems.push({ message, span: this.#placeOf(node).span });
  }

  /** To Compose, a colon that something other than a space follows is part of the key: `{ front:, back: null }`. */
  #swallowsColon(key: Node): boolean {
    const [, end] = key.range ?? [0, 0];
    return isScalar(key) && key.type === "PLAIN" && /^:[,\]}]/.test(this.source.text.slice(end, end + 2));
  }

  /** The same text, but a part of the source's: one of what was parsed instead would keep all of that alive. */
  #asWritten(text: string, { span: [start] }: Place): string {
    const { text: whole } = this.source;
    const from = whole.startsWith(text, start) ? start : start + 1;
    return whole.startsWith(text, from) ? whole.slice(from, from + text.length) : text;
  }

  #placeOf(node: Node): Place {
    const [start, end] = node.range ?? [0, 0];
    return { source: this.source, span: [start, end] };
  }
}

/** How many entries of one key stand one behind the other. */
function lengthOf(entry: Entry | undefined): number {
  let length = 0;
  for (let each = entry; each; each = each.behind) length += 1;
  return length;
}

function inFrontOf(entry: Entry | undefined, merged: Entry): Entry {
  return entry ? { ...entry, behind: inFrontOf(entry.behind, merged) } : merged;
}

function isNode(node: unknown): node is Node {
  return isAlias(node) || isScalar(node) || isCollection(node);
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol") && key.type === "PLAIN";
}

/** Compose knows dates, and takes them for no strings. */
function isDate({ type, value }: Scalar): boolean {
  return type === "PLAIN" && /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]|$)/.test(String(value));
}

function marksOf(node: Exclude<Node, Alias>): Pick<MapValue, "tag" | "anchor"> {
  return {
    ...((node.tag === "!reset" || node.tag === "!override") && { tag: node.tag }),
    ...(node.anchor && { anchor: node.anchor }),
  };
}

function scalarOf(node: Node): Pick<ScalarValue, "value" | "style"> {
  if (!isScalar(node)) return { value: null, style: "plain" };
  const { value, type } = node;
  const style = type === "PLAIN" ? "plain" : type?.startsWith("BLOCK") ? "block" : "quoted";
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return { value, style };
    default:
      // Dates and binary content, which Compose reads as texts.
      return { value: value === null || value === undefined ? null : (node.source ?? ""), style };
  }
}

function emptyScalar(source: Source, offset: number): ScalarValue {
  return { kind: "scalar", value: null, style: "plain", place: { source, span: [offset, offset] } };
}

function selectionOf(selection: Selection, key: string): Selection | undefined {
  if (selection === true) return true;
  return Object.hasOwn(selection, key) ? selection[key] : selection["*"];
}
