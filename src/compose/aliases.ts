import { isAlias, isCollection, isPair, isScalar, type Alias, type Document, type Node } from "yaml";
import type { SyntaxProblem } from "./read-yaml.js";

export interface Aliases {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly problems: readonly SyntaxProblem[];
}

export const NO_ALIASES: Aliases = { targets: new Map(), problems: [] };
const MAY_BE_ALIAS = /(?:^|[\s,[{:])\*[^\s,[\]{}]/;

/**
 * What the aliases of a document stand for: the last node above that bears the anchor. An alias without one makes the
 * whole text invalid, wherever it stands; so does an alias inside of what it stands for.
 */
export function resolveAliases(document: Document.Parsed, text: string): Aliases {
  // Looking at every node takes time, and most texts have no alias.
  if (!MAY_BE_ALIAS.test(text)) return NO_ALIASES;
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const problems: SyntaxProblem[] = [];
  const visit = (node: unknown): void => {
    if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    } else if (isAlias(node)) {
      const target = anchors.get(node.source);
      const [start, end] = node.range ?? [0, 0];
      if (target && (target.range?.[1] ?? 0) <= start) targets.set(node, target);
      else {
        const why = target ? "contains itself" : "names no anchor above it";
        problems.push({ message: `The alias *${node.source} ${why}`, span: [start, end] });
      }
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (isCollection(node)) node.items.forEach(visit);
    }
  };
  visit(document.contents);
  return { targets, problems };
}
