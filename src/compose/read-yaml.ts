import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";

import type { Place, Source, Span } from "./source.js";
import type { Entry, MapValue, ScalarValue, Sharing, Value } from "./value.js";

/** Why a text is no YAML, in the parser's words. */
export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}

/** Which keys of a map are read: `true` reads all below, a nested selection only some; `*` stands for any other key. */
export type Selection = true | { readonly [key: string]: Selection };

export interface YamlDocument {
  readonly root: Value | undefined;
  readonly span: Span;
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
 * @returns all documents, or the problems that keep the text from being YAML. Never throws.
 */
export function readYaml(source: Source, selection: Selection, text = source.text): YamlText {
  const parsed = parseAllDocuments(text, { version: "1.2", merge: true, prettyErrors: false, logLevel: "error" });
  // A text without any document comes back as an empty list that carries its own errors.
  const errors = "empty" in parsed ? parsed.errors : parsed.flatMap((document) => document.errors);
  if (errors.length > 0) {
    return { documents: [], problems: errors.map(({ message, pos }) => ({ message, span: pos })) };
  }
  const problems: SyntaxProblem[] = [];
  return {
    problems,
    documents: parsed.map((document) => {
      const oddKeys: Place[] = [];
      const reader = new Reader(source, document, oddKeys, problems);
      const root = document.contents === null ? undefined : reader.read(document.contents, selection);
      return { root, span: [document.range[0], document.range[2]], oddKeys };
    }),
  };
}

/** A file cannot nest deeper than this without being an attack on whoever reads it. */
const DEEPEST = 200;

class Reader {
  readonly #anchors = new Map<string, Node[]>();
  #anchorsRead = false;
  /** Aliases being followed, so that one that contains itself ends. */
  readonly #following: Node[] = [];

  constructor(
    readonly source: Source,
    readonly document: Document.Parsed,
    readonly oddKeys: Place[],
    readonly problems: SyntaxProblem[],
  ) {}

  read(node: Node, selection: Selection, sharedBy?: Sharing): Value {
    if (isAlias(node)) return this.#readAlias(node, selection);
    const written = { place: this.#placeOf(node), ...marksOf(node), ...(sharedBy && { sharedBy }) };
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      this.#readEntries(node, selection, entries, sharedBy);
      return { kind: "map", flow: node.flow === true, entries, ...written };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#readUnknown(item, selection, sharedBy));
      return { kind: "list", flow: node.flow === true, items, ...written };
    }
    return { kind: "scalar", ...scalarOf(node), ...written };
  }

  #readUnknown(node: unknown, selection: Selection, sharedBy: Sharing | undefined): Value {
    if (isAlias(node) || isScalar(node) || isCollection(node)) return this.read(node, selection, sharedBy);
    // `yaml` leaves a value out only for a key without a colon inside a flow map: `{ a }`.
    return { kind: "scalar", value: null, style: "plain", place: { source: this.source, span: [0, 0] } };
  }

  #readEntries(node: YAMLMap, selection: Selection, entries: Map<string, Entry>, sharedBy: Sharing | undefined): void {
    const merges: Pair[] = [];
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      if (isMergeKey(pair)) {
        merges.push(pair);
        continue;
      }
      const { key: keyNode, value } = pair;
      const keyTarget = isAlias(keyNode) ? this.#resolve(keyNode) : keyNode;
      if (!isScalar(keyTarget) || !isNode(keyNode)) continue;
      const keyPlace = this.#placeOf(keyNode);
      if (typeof keyTarget.value !== "string") this.oddKeys.push(keyPlace);
      const key = String(keyTarget.value);
      const below = selectionOf(selection, key);
      if (below === undefined) continue;
      const read =
        value === null || value === undefined
          ? emptyScalar(this.source, keyPlace.span[1])
          : this.#readUnknown(value, below, sharedBy);
      entries.set(key, { key, keyPlace, value: read });
    }
    for (const pair of merges) this.#merge(pair, selection, entries);
  }

  /** Explicit keys win over merged ones, and earlier merged maps over later ones (YAML's merge key draft). */
  #merge(pair: Pair, selection: Selection, entries: Map<string, Entry>): void {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value];
    for (const from of sources) {
      const target = isAlias(from) ? this.#resolve(from) : from;
      if (!isMap(target) || this.#following.includes(target) || !isNode(from)) continue;
      const sharing: Sharing = {
        kind: "merge key",
        anchor: isAlias(from) ? from.source : "<<",
        place: this.#placeOf(from),
      };
      const merged = new Map<string, Entry>();
      this.#following.push(target);
      this.#readEntries(target, selection, merged, sharing);
      this.#following.pop();
      for (const [key, entry] of merged) {
        if (!entries.has(key)) entries.set(key, { ...entry, mergedBy: sharing });
      }
    }
  }

  #readAlias(alias: Alias, selection: Selection): Value {
    const place = this.#placeOf(alias);
    const target = this.#resolve(alias);
    if (target === undefined || this.#following.includes(target) || this.#following.length > DEEPEST) {
      const why = target === undefined ? `names no anchor above it` : `contains itself`;
      this.problems.push({ message: `The alias *${alias.source} ${why}`, span: place.span });
      return { kind: "scalar", value: null, style: "plain", place };
    }
    this.#following.push(target);
    const value = this.read(target, selection, { kind: "alias", anchor: alias.source, place });
    this.#following.pop();
    return value;
  }

  /** The last node before the alias that bears its anchor. */
  #resolve(alias: Alias): Node | undefined {
    if (!this.#anchorsRead) {
      this.#collectAnchors(this.document.contents);
      this.#anchorsRead = true;
    }
    const at = alias.range?.[0] ?? 0;
    return this.#anchors.get(alias.source)?.findLast((node) => (node.range?.[0] ?? 0) < at);
  }

  #collectAnchors(node: unknown): void {
    if (isPair(node)) {
      this.#collectAnchors(node.key);
      this.#collectAnchors(node.value);
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor) {
        const known = this.#anchors.get(node.anchor);
        if (known) known.push(node);
        else this.#anchors.set(node.anchor, [node]);
      }
      if (isCollection(node)) for (const item of node.items) this.#collectAnchors(item);
    }
  }

  #placeOf(node: Node): Place {
    const [start, end] = node.range ?? [0, 0];
    return { source: this.source, span: [start, end] };
  }
}

function isNode(node: unknown): node is Node {
  return isAlias(node) || isScalar(node) || isCollection(node);
}

function isMergeKey({ key }: Pair): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol") && key.type === "PLAIN";
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
