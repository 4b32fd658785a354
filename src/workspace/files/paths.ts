import { isAbsolutePath, joinPath, relativeTo } from "../../kit/paths.js";
import { printablePath } from "../../kit/printable.js";

/** `.` for the directory itself. */
export function relativePath(from: string, to: string): string {
  if (to.startsWith(`${from}/`)) return to.slice(from.length + 1);
  return relativeTo(from, to) || ".";
}

/** A path as other programs read it: relative to the working directory. Names that are no paths stay as they are. */
export function displayPath(cwd: string, path: string): string {
  return isAbsolutePath(path) ? relativePath(cwd, path) : path;
}

/** The same for text that people read: it fits into one line of a terminal, and of a pipeline's log. */
export function shownPath(cwd: string, path: string): string {
  return printablePath(displayPath(cwd, path));
}

/** Resolves a path against the working directory. */
export function absolutePath(cwd: string, path: string): string {
  return isAbsolutePath(path) ? path : joinPath(cwd, path);
}
