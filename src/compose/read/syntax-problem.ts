import type { Span } from "../../kit/source.js";

/** Why a text is no YAML, in the parser's words. */
export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
}
