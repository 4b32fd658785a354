import type { Span } from "../../kit/source.js";

/** YAML 1.1, by which Compose reads, ends a line at each of these; YAML 1.2, by which we parse, at none. */
const BREAKS_OF_COMPOSE = /\r(?!\n)|[\u0085\u2028\u2029]/;
const ALL_BREAKS_OF_COMPOSE = new RegExp(BREAKS_OF_COMPOSE, "g");

/** The first place where Compose sees the end of a line and an editor none: what looks like a comment may be a network. */
export function strayLineBreak(text: string): Span | undefined {
  const at = text.search(BREAKS_OF_COMPOSE);
  return at === -1 ? undefined : [at, at + 1];
}

/** The text with the lines that Compose sees. Every offset stays what it is. */
export function withLinesOfCompose(text: string): string {
  return strayLineBreak(text) ? text.replace(ALL_BREAKS_OF_COMPOSE, "\n") : text;
}
