import { sep } from "node:path";

/** Paths in the workspace are absolute and have `/` between folders, on Windows too. */
export function toPosix(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
