import { isAlias, isCollection, isPair, isScalar, type Alias, type Document, type Node } from "yaml";
import type { SyntaxProblem } from "./syntax-problem.js";

export interface Aliases {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly problems: readonly SyntaxProblem[];
}

export const CONTAINS_ITSELF = "The alias contains itself";
export const NO_ALIASES: Aliases = { targets: new Map(), problems: [] };

/** Of a text with a thousand documents, this is asked once. */
export function mayHaveAliases(text: string): boolean {
  return MAY_BE_ALIAS.test(text);
}

const MAY_BE_ALIAS = /(?:^|[\s,[{:])\*[^\s,[\]{}]/;

/**
 * What the aliases of a document stand for: the last node above that bears the anchor. An alias without one makes the
 * whole text invalid, wherever it stands; so does an alias inside of what it stands for.
 */
export function resolveAliases(document: Document.Parsed): Aliases {
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
        // Its name may be a value that somebody forgot to quote.
        problems.push({ message: target ? CONTAINS_ITSELF : "The alias names no anchor above it", span: [start, end] });
      }
    } else if (isScalar(node) || isCollection(node)) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (isCollection(node)) node.items.forEach(visit);
    }
  };
  visit(document.contents);
  return { targets, problems };
}
