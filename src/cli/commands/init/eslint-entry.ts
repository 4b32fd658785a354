import * as espree from "espree";
import type { AST } from "eslint";
import type { ExportDefaultDeclaration, Node } from "estree";

import { success, type Result } from "../../../kit/result.js";
import { byHand, lineEndOf, type Obstacle } from "./addition.js";
import { insertItem } from "./insert-item.js";

const PACKAGE = "eslint-plugin-compose-networks";

/** As ESLint calls its parser. */
const PARSER_OPTIONS = {
  ecmaVersion: "latest",
  sourceType: "module",
  range: true,
  loc: true,
  tokens: true,
  comment: true,
} as const;

/** A configuration for whoever has none. */
export const ESLINT_CONFIG = `import composeNetworks from "${PACKAGE}";

export default [composeNetworks.configs.recommended];
`;

/**
 * Adds our preset to a configuration of ESLint, behind all that is there.
 *
 * Only where the file exports a list that it writes out itself, or hands to `defineConfig` or to the `config` of
 * typescript-eslint: of anything else, nobody can tell from the text what it comes to.
 */
export function withPreset(text: string): Result<string, Obstacle> {
  if (text.includes(PACKAGE)) return success(text);
  // Under our language, the rules of eslint-plugin-yml would fall silent.
  const preset = text.includes("eslint-plugin-yml") ? 'configs["recommended-with-yml"]' : "configs.recommended";
  const entry = `composeNetworks.${preset}`;
  const refused = byHand<string>(
    "it does not simply export a list",
    /\brequire\(|module\.exports/.test(text)
      ? `const { default: composeNetworks } = require("${PACKAGE}");\n// at the end of the list:\n${entry},\n`
      : `import composeNetworks from "${PACKAGE}";\n// at the end of the list:\n${entry},\n`,
  );
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const script = text.slice(mark.length);
  const program = parse(script);
  const list = program && exportedList(program);
  if (!list || /\bcomposeNetworks\b/.test(script)) return refused;

  const code = program.comments.reduce((blank, { range }) => {
    const [start, end] = range ?? [0, 0];
    return blank.slice(0, start) + blank.slice(start, end).replace(/[^\r\n]/g, " ") + blank.slice(end);
  }, script);
  const imports = program.body.filter(
    ({ type, range }) => type === "ImportDeclaration" && (range?.[1] ?? 0) < list.open,
  );
  const after = mark + withImport(insertItem(script, code, list, entry), imports.at(-1));
  return parse(after.slice(mark.length)) ? success(after) : refused;
}

/** What TypeScript adds is not read; most configurations in it need none of that. */
function parse(script: string): AST.Program | undefined {
  try {
    const tree = espree.parse(script, PARSER_OPTIONS);
    return isWhole(tree) ? tree : undefined;
  } catch {
    return undefined;
  }
}

/** The parser's types leave out what it was asked to add. */
function isWhole(tree: object): tree is AST.Program {
  return "tokens" in tree && "comments" in tree;
}

type List = Parameters<typeof insertItem>[2];

function exportedList(program: AST.Program): List | undefined {
  const { body } = program;
  const exported = body.find((statement) => statement.type === "ExportDefaultDeclaration")?.declaration;
  if (exported?.type !== "Identifier") return listIn(exported, program);
  const declarations = body.flatMap((statement) =>
    statement.type === "VariableDeclaration" && statement.kind === "const" ? statement.declarations : [],
  );
  const declared = declarations.find(({ id }) => id.type === "Identifier" && id.name === exported.name);
  return listIn(declared?.init, program);
}

function listIn(
  node: Node | ExportDefaultDeclaration["declaration"] | null | undefined,
  { tokens }: AST.Program,
): List | undefined {
  if (node?.type === "ArrayExpression") return bracketed(node, node.elements.at(-1), node.range?.[0]);
  if (node?.type !== "CallExpression" || !takesList(node.callee)) return undefined;
  const [first, ...others] = node.arguments;
  if (first?.type === "ArrayExpression" && others.length === 0)
    return bracketed(first, first.elements.at(-1), first.range?.[0]);
  const [, end = 0] = node.callee.range ?? [];
  return bracketed(
    node,
    node.arguments.at(-1),
    tokens.find(({ value, range }) => value === "(" && range[0] >= end)?.range[0],
  );
}

function takesList(callee: Node): boolean {
  if (callee.type === "Identifier") return callee.name === "defineConfig";
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "tseslint" &&
    callee.property.type === "Identifier" &&
    callee.property.name === "config"
  );
}

function bracketed(list: Node, last: Node | null | undefined, open: number | undefined): List | undefined {
  // A hole at the end, as in [a,,], has no place of its own.
  if (last === null || !list.range || open === undefined) return undefined;
  return { open, close: list.range[1] - 1, last: last?.range };
}

/** In the way of the other imports, and behind them; else below the comments with which the file begins. */
function withImport(script: string, last: AST.Program["body"][number] | undefined): string {
  const lineEnd = lineEndOf(script);
  if (last?.range) {
    const [, end] = last.range;
    const written = script.slice(...last.range);
    const quote = written.includes("'") ? "'" : '"';
    const line = `import composeNetworks from ${quote}${PACKAGE}${quote}${written.endsWith(";") ? ";" : ""}`;
    return script.slice(0, end) + lineEnd + line + script.slice(end);
  }
  // `// @ts-check` counts only there, while a block comment is about what follows.
  const at = /^(?:(?:#!|\/\/).*\r?\n)*/.exec(script)?.[0].length ?? 0;
  const line = `import composeNetworks from "${PACKAGE}";${lineEnd}${lineEnd}`;
  return script.slice(0, at) + line + script.slice(at);
}
