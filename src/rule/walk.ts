import { visitorKeys, type ComposeNode } from "../compose/tree.js";

/** The handlers of a rule: `Network` when a node is entered, `Network:exit` when it is left. */
export type ComposeVisitor = {
  readonly [Type in ComposeNode["type"]]?: (node: Extract<ComposeNode, { type: Type }>) => void;
} & {
  readonly [Type in ComposeNode["type"] as `${Type}:exit`]?: (node: Extract<ComposeNode, { type: Type }>) => void;
};

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
