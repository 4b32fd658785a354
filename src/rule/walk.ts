import type { ComposeNode } from "../compose/nodes.js";
import { visitorKeys } from "../compose/tree.js";

/** The handlers of a rule: `Network` when a node is entered, `Network:exit` when it is left. */
export type ComposeVisitor = {
  readonly [Type in ComposeNode["type"]]?: (node: Extract<ComposeNode, { type: Type }>) => void;
} & {
  readonly [Type in ComposeNode["type"] as `${Type}:exit`]?: (node: Extract<ComposeNode, { type: Type }>) => void;
};

/** Calls the handlers for every node, as ESLint does under our own language. */
export function walk(root: ComposeNode, visitor: ComposeVisitor): void {
  for (const { phase, node } of steps(root)) {
    const handler = visitor[phase === "enter" ? node.type : (`${node.type}:exit` as const)];
    // The handler's name and the node's type agree, which the type of the lookup can't say.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
    (handler as ((entered: typeof node) => void) | undefined)?.(node);
  }
}

export interface Step {
  readonly phase: "enter" | "exit";
  readonly node: ComposeNode;
  readonly parent: ComposeNode | undefined;
}

export function* steps(node: ComposeNode, parent?: ComposeNode): Generator<Step> {
  yield { phase: "enter", node, parent };
  for (const below of childrenOf(node)) yield* steps(below, node);
  yield { phase: "exit", node, parent };
}

function childrenOf(node: ComposeNode): ComposeNode[] {
  const keys: readonly string[] = visitorKeys[node.type];
  return Object.entries(node).flatMap(([key, value]: [string, ComposeNode | ComposeNode[] | undefined]) =>
    keys.includes(key) && value !== undefined ? value : [],
  );
}
