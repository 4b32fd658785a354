import type { Finding } from "../../lint/finding.js";

/** A checked file, as reports need it. */
export interface CheckedFile {
  /** Relative to the working directory, with `/`. */
  readonly name: string;
  readonly findings: readonly Finding[];
  /** Those that a baseline has. */
  readonly known: readonly Finding[];
  /** What the findings are about. */
  readonly text: string;
}
