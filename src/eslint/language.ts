import type { File, Language, ParseResult } from "@eslint/core";

import type { ComposeFile } from "../compose/read/compose-file.js";
import type { ComposeFileNode, ComposeNode } from "../compose/read/nodes.js";
import { positionAt } from "../kit/source.js";
import { buildTree, visitorKeys } from "../compose/read/syntax-tree.js";
import { cutQuotes, printable } from "../kit/printable.js";
import { fingerprintOf } from "./fingerprint.js";
import { toPosix } from "../workspace/files/native-paths.js";
import { parseInWorkspace } from "./workspaces.js";
import { ComposeSourceCode } from "./source-code.js";

export interface ComposeLanguageTypes {
  LangOptions: Record<string, unknown>;
  Code: ComposeSourceCode;
  RootNode: ComposeFileNode;
  Node: ComposeNode;
}

/** ESLint hands the tree from one step to the next; the file behind it must come along. */
const filesByTree = new WeakMap<ComposeFileNode, ComposeFile>();

/** The language `compose-networks/compose`. It has no options of its own. */
export const composeLanguage: Language<ComposeLanguageTypes> = {
  fileType: "text",
  lineStart: 1,
  columnStart: 0,
  nodeTypeKey: "type",
  visitorKeys: Object.fromEntries(Object.entries(visitorKeys).map(([type, keys]) => [type, [...keys]])),

  // Options of other languages arrive here when a configuration has no `files`: they are none of our business.
  validateLanguageOptions() {},

  normalizeLanguageOptions(options) {
    const normalized = { parserOptions: {}, ...options };
    // Asked for only when ESLint makes a key for its cache. What findings depend on beside the file must be part of it.
    Object.defineProperty(normalized, "toJSON", {
      value: () => ({ fingerprint: fingerprintOf({ cwd: toPosix(process.cwd()) }) }),
      enumerable: false,
    });
    return normalized;
  },

  parse(file): ParseResult<ComposeFileNode> {
    const parsed = parseInWorkspace(toPosix(file.path), textOf(file));
    if (parsed.ok) {
      const ast = buildTree(parsed.file);
      filesByTree.set(ast, parsed.file);
      return { ok: true, ast };
    }
    const { message, span } = parsed.problem;
    return { ok: false, errors: [{ message: printable(cutQuotes(message)), ...positionAt(parsed.source, span[0]) }] };
  },

  createSourceCode(file, parsed) {
    const composeFile = filesByTree.get(parsed.ast);
    if (!composeFile) throw new TypeError(`${file.path} was parsed by another language`);
    return new ComposeSourceCode(composeFile, parsed.ast);
  },
};

function textOf({ body }: File): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}
