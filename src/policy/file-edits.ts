import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, type Node, type YAMLSeq } from "yaml";
import type { Edit } from "../kit/edit.js";

/**
 * Takes an entry out of its list, with its whole lines and nothing else.
 *
 * @param offset Somewhere in the entry.
 * @returns nothing for the last entry of a list, one of several blocks, one on a line with others, or one that an alias
 * may stand for.
 */
export function removalOfEntry(text: string, offset: number): Edit | undefined {
  const list = listsIn(text).find((node) => holds(node, offset));
  if (!list || list.items.length < 2) return undefined;
  const entry = lastBefore(list.items, offset);
  if (!entry?.range || !holds(entry, offset) || hasSeveralBlocks(entry)) return undefined;

  const lineStart = text.lastIndexOf("\n", entry.range[0]) + 1;
  const newline = text.indexOf("\n", endOf(entry) - 1);
  const span = [lineStart, newline < 0 ? text.length : newline + 1] as const;
  const isAlone = /^[ \t]*- +$/.test(text.slice(lineStart, entry.range[0]));
  return isAlone && !/(?:^|[\s[{,])&/.test(text.slice(...span)) ? { span, text: "" } : undefined;
}

let last: { readonly text: string; readonly lists: readonly YAMLSeq<Node>[] } | undefined;

/** The lists below the keys of a file, which is asked about for one of its entries after the other. */
function listsIn(text: string): readonly YAMLSeq<Node>[] {
  if (last?.text !== text) {
    const { contents } = parseDocument(text, { schema: "core", uniqueKeys: false });
    const values = isMap(contents) ? contents.items.map(({ value }) => value) : [];
    last = { text, lists: values.filter((value) => isSeq<Node>(value)) };
  }
  return last.lists;
}

/** The last of the nodes that begins no later than an offset. */
function lastBefore(nodes: readonly Node[], offset: number): Node | undefined {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((nodes[middle]?.range?.[0] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return nodes[low - 1];
}

function holds({ range }: Node, offset: number): boolean {
  return range ? range[0] <= offset && offset < range[2] : false;
}

function hasSeveralBlocks(entry: Node): boolean {
  return isMap(entry) && ["cidr", "range"].some((key) => isSeq(entry.get(key, true)));
}

/** Behind the last character of a value; what a block leaves behind it may be a comment about the next one. */
function endOf(node: Node): number {
  const last = isCollection(node) && node.flow !== true ? node.items.at(-1) : undefined;
  const below = isPair<Node, Node>(last) ? (last.value ?? last.key) : last;
  return below && (isScalar(below) || isCollection(below)) ? endOf(below) : (node.range?.[1] ?? 0);
}

/** Writes an `id` below the version of a file in block style. */
export function insertionOfId(text: string, id: string): Edit | undefined {
  const version = /^version:[^\r\n]*(\r?\n)?/m.exec(text);
  if (!version) return undefined;
  const behind = version.index + version[0].length;
  const isPlain = /^[A-Za-z][\w.-]*$/.test(id) && !/^(?:true|false|null)$/i.test(id);
  const line = `id: ${isPlain ? id : JSON.stringify(id)}`;
  const written = version[1] === undefined ? `\n${line}` : line + version[1];
  return { span: [behind, behind], text: written };
}
