import { isMap, isPair, isScalar, isSeq, type Document, type Node, type YAMLMap } from "yaml";
import type { SyntaxProblem } from "./syntax-problem.js";

/** Hardly anybody reads the second one. */
const MOST_PROBLEMS = 1000;

/**
 * The keys that a map of the document has twice, in the order of the text. The parser looks for them too, by comparing
 * every key of a map with every other one: a map of 40,000 keys keeps it busy for a quarter of a minute.
 */
export function repeatedKeys(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const visit = (node: unknown): void => {
    if (isMap(node)) {
      for (const key of repeatedIn(node)) {
        if (problems.length >= MOST_PROBLEMS) break;
        problems.push(repeated(key));
      }
      for (const { key, value } of node.items) {
        if (!isScalar(key)) visit(key);
        if (!isScalar(value)) visit(value);
      }
    } else if (isSeq(node)) {
      for (const item of node.items) if (!isScalar(item)) visit(item);
    } else if (isPair(node)) {
      visit(node.key);
      visit(node.value);
    }
  };
  visit(document.contents);
  return problems.sort((left, right) => left.span[0] - right.span[0]);
}

/** Two keys are the same when their scalars are: the text `1` and the number are not. Merge keys are never the same. */
function repeatedIn({ items }: YAMLMap): Node[] {
  if (items.length < 2) return [];
  const seen = new Set<unknown>();
  return items.flatMap(({ key }): Node[] => {
    if (!isScalar(key) || Number.isNaN(key.value)) return [];
    const isRepeated = seen.has(key.value);
    seen.add(key.value);
    return isRepeated ? [key] : [];
  });
}

function repeated(key: Node): SyntaxProblem {
  const [start] = key.range ?? [0];
  return { message: "Map keys must be unique", span: [start, start + 1] };
}

/** Our problems and those of the parser, in the order in which the parser alone would have come to them. */
export function inOrder(own: readonly SyntaxProblem[], others: readonly SyntaxProblem[]): SyntaxProblem[] {
  const all: SyntaxProblem[] = [];
  let next = 0;
  for (const problem of own) {
    for (let other = others[next]; other && other.span[0] <= problem.span[0]; other = others[next]) {
      all.push(other);
      next += 1;
    }
    all.push(problem);
  }
  return [...all, ...others.slice(next)];
}
