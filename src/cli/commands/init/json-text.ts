import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isSeq, type Node, parseDocument } from "yaml";

import { insertItem, stepOf } from "./insert-item.js";

/** What a text in JSON holds, which may have comments, and commas behind last items; undefined for other texts. */
export function readJson(text: string): unknown {
  return parse(text)?.document.toJS();
}

/**
 * Adds a member to an object, with the objects on the way to it, or an element to a list. The other bytes stay.
 *
 * @returns nothing for a text that is no object, and where something else stands in the way.
 */
export function addToJson(text: string, path: readonly string[], value: unknown): string | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const { document, code } = parsed;
  const there = path.findIndex((_, depth) => !document.hasIn(path.slice(0, depth + 1)));
  const depth = there < 0 ? path.length : there;
  const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const [key, ...below] = path.slice(depth);
  if (key === undefined ? !isSeq(parent) : !isMap(parent)) return undefined;
  const nested = below.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const written = JSON.stringify(nested, null, stepOf(text));
  const item = key === undefined ? written : `${JSON.stringify(key)}: ${written}`;
  const after = insertItem(text, code, bracketsOf(parent), item);

  if (key === undefined) document.addIn(path, value);
  else document.setIn([...path.slice(0, depth), key], nested);
  return isDeepStrictEqual(readJson(after), document.toJS()) ? after : undefined;
}

/** JSON is YAML but for comments, and tabs that YAML takes for a mistake. */
function parse(text: string): { readonly document: Document; readonly code: string } | undefined {
  const code = text
    .replace(/"(?:\\.|[^"\\])*"|\/\/.*|\/\*[^]*?\*\//g, (match) =>
      match.startsWith("/") ? match.replace(/[^\r\n]/g, " ") : match,
    )
    .replace(/^\uFEFF|\t/g, " ");
  const document = parseDocument(code, { schema: "json", merge: false });
  const isObject = isMap(document.contents) && document.contents.flow === true;
  return document.errors.length === 0 && isObject ? { document, code } : undefined;
}

function bracketsOf(parent: unknown): Parameters<typeof insertItem>[2] {
  if (!isMap<Node, Node>(parent) && !isSeq<Node>(parent)) throw new TypeError("there are no brackets");
  const [start = 0, end = 0] = parent.range ?? [];
  const item = parent.items.at(-1);
  const [first, final] = item && "key" in item ? [item.key, item.value ?? item.key] : [item, item];
  const last = first?.range && final?.range ? ([first.range[0], final.range[1]] as const) : undefined;
  return { open: start, close: end - 1, last };
}
