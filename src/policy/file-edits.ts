import { isCollection, isMap, isPair, isScalar, isSeq, parseDocument, type Node } from "yaml";
import type { Edit } from "../compose/edit/edit.js";

/**
 * Takes an entry out of its list, with its whole lines and nothing else.
 *
 * @param offset Somewhere in the entry.
 * @returns nothing for the last entry of a list, one of several blocks, one on a line with others, or one that an alias
 * may stand for.
 */
export function removalOfEntry(text: string, offset: number): Edit | undefined {
  const { contents } = parseDocument(text, { schema: "core" });
  if (!isMap(contents)) return undefined;
  const lists = contents.items.flatMap(({ value }) => (isSeq<Node>(value) ? [value] : []));
  const list = lists.find((node) => holds(node, offset));
  if (!list || list.items.length < 2) return undefined;
  const entry = list.items.find((node) => holds(node, offset));
  if (!entry?.range || hasSeveralBlocks(entry)) return undefined;

  const lineStart = text.lastIndexOf("\n", entry.range[0]) + 1;
  const newline = text.indexOf("\n", endOf(entry) - 1);
  const span = [lineStart, newline < 0 ? text.length : newline + 1] as const;
  const isAlone = /^[ \t]*- +$/.test(text.slice(lineStart, entry.range[0]));
  return isAlone && !/(?:^|[\s[{,])&/.test(text.slice(...span)) ? { span, text: "" } : undefined;
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
