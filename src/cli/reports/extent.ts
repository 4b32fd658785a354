import { positionAt } from "../../kit/source.js";
import type { Finding } from "../../lint/finding.js";

/** Lines and columns start at 1; the end is behind the last character. */
export interface Extent {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function extentOf({ at: { source, span } }: Pick<Finding, "at">): Extent {
  const [start, end] = [positionAt(source, span[0]), positionAt(source, span[1])];
  return { ...start, endLine: end.line, endColumn: end.column };
}

/** The place to change, for machines. On the command line each finding is reported there. */
export function homeOf(file: string, { home: { source, span } }: Pick<Finding, "home">) {
  return { file, ...positionAt(source, span[0]) };
}
