/** Paths as text, with `/` between folders on every platform. Nothing here asks a disk about them. */

/** A folder that is empty, `.` or `..`. */
const UNTIDY = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** Takes `.`, `..` and doubled slashes out; a relative path may still start with `..`. */
export function normalizePath(path: string): string {
  const root = rootOf(path);
  const below = path.slice(root.length);
  if (!UNTIDY.test(below)) return path;
  const folders: string[] = [];
  for (const folder of below.split("/")) {
    if (folder === "" || folder === ".") continue;
    if (folder !== "..") folders.push(folder);
    else if (folders.length > 0 && folders.at(-1) !== "..") folders.pop();
    else if (root === "") folders.push(folder);
  }
  return root + folders.join("/");
}

/** Reads `path` from inside `directory`; an absolute path stays what it is. */
export function joinPath(directory: string, path: string): string {
  if (rootOf(path) !== "" || directory === "") return normalizePath(path);
  return normalizePath(`${withSlash(directory)}${path}`);
}

/** The directory of a normalized path; `""` stands for the directory that relative paths start from. */
export function directoryOf(path: string): string {
  const root = rootOf(path);
  return path.slice(0, Math.max(path.lastIndexOf("/"), root.length));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function isAbsolutePath(path: string): boolean {
  return rootOf(path) !== "";
}

/** Whether a normalized path is the directory or lies below it. */
export function isWithin(path: string, directory: string): boolean {
  if (directory === "") return !isAbsolutePath(path) && path !== ".." && !path.startsWith("../");
  return path === directory || path.startsWith(withSlash(directory));
}

function withSlash(directory: string): string {
  return directory.endsWith("/") ? directory : `${directory}/`;
}

/** `/`, `C:/`, the `//` of a network share, or nothing for a relative path. */
function rootOf(path: string): string {
  // Nearly all paths are one of these two, and a check of a thousand files asks for the root of a hundred thousand.
  if (path[0] === "/" && path[1] !== "/") return "/";
  if (path[0] !== "/" && path[1] !== ":") return "";
  return /^(?:[A-Za-z]:\/|\/{1,2}(?!\/)|\/)/.exec(path)?.[0] ?? "";
}

/**
 * The way from a directory to a path, both absolute; empty when they are one. A path on another drive, or another
 * share, stays what it is.
 */
export function relativeTo(from: string, to: string): string {
  const [start, target] = [normalizePath(from), normalizePath(to)];
  const root = rootOf(start);
  if (root.toLowerCase() !== rootOf(target).toLowerCase()) return target;
  const folders = start.slice(root.length).split("/").filter(Boolean);
  const parts = target.slice(root.length).split("/").filter(Boolean);
  const apart = folders.findIndex((folder, index) => folder !== parts[index]);
  const shared = apart === -1 ? folders.length : apart;
  return [...folders.slice(shared).map(() => ".."), ...parts.slice(shared)].join("/");
}
