import type { ReportedFinding } from "./reported-finding.js";

/** A checked file, as reports need it. */
export interface CheckedFile {
  /** Relative to the working directory, with `/`. */
  readonly name: string;
  readonly findings: readonly ReportedFinding[];
  /** What the findings are about. */
  readonly text: string;
}
