import type { CST } from "yaml";

/** A file cannot nest deeper than this without being an attack on whoever reads it. */
export const DEEPEST = 200;

/**
 * Where a document starts to nest too deep, if it does. Composing nodes from tokens takes one call inside another for
 * each level, and the end of the stack can be the end of the process: so this is asked before.
 */
function tooDeepAt(document: CST.Token): number | undefined {
  let level = childrenOf(document);
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level;
    if (first && depth > DEEPEST) return first.offset;
    level = level.flatMap(childrenOf);
  }
  return undefined;
}

/** What a finding says about it. */
export const TOO_DEEP = `More than ${DEEPEST} levels of nesting`;

/** The tokens of a text up to the first document that nests too deep, which is told with its place. */
export function* shallow(tokens: Iterable<CST.Token>, tooDeep: (offset: number) => void): Generator<CST.Token> {
  for (const token of tokens) {
    const at = tooDeepAt(token);
    if (at !== undefined) {
      tooDeep(at);
      return;
    }
    yield token;
  }
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  const children: CST.Token[] = [];
  for (const { key, value } of token.items) {
    if (key && "items" in key) children.push(key);
    if (value && "items" in value) children.push(value);
  }
  return children;
}
