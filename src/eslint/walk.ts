import type { ComposeNode } from "../compose/read/nodes.js";
import { visitorKeys } from "../compose/read/syntax-tree.js";

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
