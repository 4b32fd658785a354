import type { SyntaxProblem } from "./syntax-problem.js";

/** YAML 1.1, by which Compose reads, ends a line at each of these; YAML 1.2, by which we parse, at none. */
const BREAKS_OF_COMPOSE = /\r(?!\n)|[\u0085\u2028\u2029]/;

/**
 * A text has other lines for Compose than for the parser: what looks like the rest of a comment may be a network.
 *
 * @returns the first place, or undefined when both see the same lines.
 */
export function strayLineBreak(text: string): SyntaxProblem | undefined {
  const found = BREAKS_OF_COMPOSE.exec(text);
  if (!found) return undefined;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const message = `Compose starts a new line at the character U+${code}, and most editors do not show it. Replace it with a line feed, or remove it`;
  return { message, span: [found.index, found.index + 1] };
}
