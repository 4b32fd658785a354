import { Lexer } from "yaml";

import type { NodePosition } from "../compose/read/nodes.js";
import { extentOf } from "../compose/read/syntax-tree.js";
import type { Source } from "../kit/source.js";

/** A comment of a compose file. `value` is what stands behind the `#`. */
export interface Comment {
  readonly type: "Line";
  readonly value: string;
  readonly loc: { readonly start: NodePosition; readonly end: NodePosition };
  readonly range: [number, number];
}

/** Of a comment that steers linters. */
const DIRECTIVE = /^\s*eslint(?:-enable|-disable(?:-next-line|-line)?)?(?:\s|$)/u;

/** In front of the text of a scalar the lexer puts this sign. */
const SCALAR_SIGN = "\u001f";
/** Signs of the lexer that stand for nothing in the file. */
const SIGNS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\ufeff", SCALAR_SIGN]);

/** All comments of a text, wherever YAML allows one. */
export function readComments(source: Source): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let before = "";
  for (const token of new Lexer().lex(source.text)) {
    if (SIGNS.has(token)) {
      before = token;
      continue;
    }
    if (token.startsWith("#") && before !== SCALAR_SIGN) {
      const end = offset + token.length;
      comments.push({ type: "Line", value: token.slice(1), ...extentOf(source, [offset, end]) });
    }
    before = token;
    offset += token.length;
  }
  return comments;
}

/** The comments that steer ESLint, and so us. Hardly any file has one, and finding them means to read the text again. */
export function steeringComments(source: Source): Comment[] {
  return source.text.includes("eslint") ? readComments(source).filter(({ value }) => DIRECTIVE.test(value)) : [];
}
