import { lstatSync, readdirSync, type Dirent } from "node:fs";

import { joinPath } from "../../kit/paths.js";
import { faultOf, type Walked } from "./found.js";
import { readShort, statOf, workTreeAt } from "./git-folder.js";
import { readIgnoreList, type IgnoreList } from "./gitignore.js";
import { notUtf8In } from "./not-utf8.js";

/** What one list of patterns says of the paths below a folder. */
interface Ignoring {
  /** Of the folder, from the root of the walk: empty or with a slash at its end. */
  readonly prefix: string;
  readonly patterns: IgnoreList;
  /** Of this list and those above it, in bytes. */
  readonly size: number;
}

/**
 * Each path is compared with each pattern above it. So much of a checkout's patterns takes about a millisecond for one
 * path; the longest lists that people put together have half of it.
 */
const LONGEST_PATTERNS = 2 ** 16;

type Growing = { readonly [Key in keyof Walked]: Walked[Key][number][] };

/**
 * The files below a directory, and the symbolic links, without those that a `.gitignore` on the way leaves out. Like
 * git, it does not look into a folder that is left out, nor into a repository; `node_modules` and `.git` always are.
 *
 * @param options.root Where the `.gitignore` files begin that count: the directory or one above it.
 * @param options.patterns What else is left out, in the order in which git asks: the last list decides first.
 * @param options.leavesOut Whether a folder below the directory is not entered either, by its path from there.
 * @param options.wants Whoever knows the files already is spared the patterns that say which of them count.
 */
export function walk(directory: string, options: WalkOptions = {}): Walked {
  const { root = directory, patterns = [], leavesOut = () => false, wants = "all" } = options;
  const walked: Growing = { files: [], notUtf8: [], special: [], repositories: [], unopened: [], longLists: [] };
  const steps = directory.slice(root.length).split("/").filter(Boolean);
  let above: readonly Ignoring[] = patterns
    .map((text) => ({ prefix: "", patterns: readIgnoreList(text), size: 0 }))
    .reverse();
  let prefix = "";
  for (const [index, step] of steps.entries()) {
    const own = withPatternsOf(`${root}/${prefix}`, prefix, above);
    if (!own) walked.longLists.push(`${"../".repeat(steps.length - index)}.gitignore`);
    above = own ?? above;
    prefix += `${step}/`;
    if (isIgnored(prefix.slice(0, -1), true, above)) return walked;
  }
  new Walk(root, prefix.length, walked, wants, leavesOut).enter(prefix, above);
  return walked;
}

/** Git lists no FIFO, socket or device, and says nothing of them. Compose would open each. */
export function walkForSpecialFiles(directory: string, options: Omit<WalkOptions, "wants">): readonly string[] {
  return walk(directory, { ...options, wants: "special files" }).special;
}

interface WalkOptions {
  readonly root?: string;
  readonly patterns?: readonly string[];
  readonly leavesOut?: (path: string) => boolean;
  readonly wants?: "all" | "special files";
}

class Walk {
  constructor(
    readonly root: string,
    readonly skipped: number,
    readonly walked: Growing,
    readonly wants: "all" | "special files",
    readonly leavesOut: (path: string) => boolean,
  ) {}

  enter(prefix: string, above: readonly Ignoring[]): void {
    const folder = joinPath(this.root, prefix);
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#addUnopened(prefix, error);
      return;
    }
    const isInside = prefix.length > this.skipped;
    if (isInside && entries.some(({ name }) => name === ".git") && workTreeAt(folder)) {
      this.walked.repositories.push(prefix.slice(this.skipped, -1));
      return;
    }
    const hasOwn = entries.some((entry) => entry.name === ".gitignore" && entry.isFile());
    const own = hasOwn ? withPatternsOf(folder, prefix, above) : above;
    if (!own) this.walked.longLists.push(`${prefix}.gitignore`.slice(this.skipped));
    const all = own ?? above;
    const broken = entries.some(({ name }) => name.includes("\uFFFD")) ? notUtf8In(folder) : undefined;
    for (const entry of entries) {
      if (broken?.names.has(entry.name) !== true) this.#add(entry, `${prefix}${entry.name}`, all);
    }
    const notUtf8 = broken?.files.map((name) => `${prefix}${name}`) ?? [];
    this.walked.notUtf8.push(
      ...notUtf8.filter((path) => !isIgnored(path, false, all)).map((path) => path.slice(this.skipped)),
    );
  }

  #add(entry: Dirent, path: string, all: readonly Ignoring[]): void {
    if (entry.isDirectory()) {
      const isLeftOut = entry.name === "node_modules" || entry.name === ".git" || isIgnored(path, true, all);
      if (!isLeftOut && !this.leavesOut(path.slice(this.skipped))) this.enter(`${path}/`, all);
      return;
    }
    const isFile = entry.isFile() || entry.isSymbolicLink();
    if ((isFile && this.wants === "special files") || isIgnored(path, false, all)) return;
    (isFile ? this.walked.files : this.walked.special).push(path.slice(this.skipped));
  }

  /** What is gone by now was never there. */
  #addUnopened(prefix: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT" || code === "ENOTDIR") return;
    this.walked.unopened.push({ path: prefix.slice(this.skipped, -1), ...faultOf(code) });
  }
}

/**
 * Git does not follow a `.gitignore` that is a link, and neither is one read here that is no file.
 *
 * @returns undefined for one that is too long.
 */
function withPatternsOf(folder: string, prefix: string, above: readonly Ignoring[]): readonly Ignoring[] | undefined {
  const path = joinPath(folder, ".gitignore");
  const stat = statOf(path, lstatSync);
  if (stat?.isFile() !== true) return above;
  const size = stat.size + (above[0]?.size ?? 0);
  if (size > LONGEST_PATTERNS) return undefined;
  const text = readShort(path);
  return text === undefined ? above : [{ prefix, patterns: readIgnoreList(text), size }, ...above];
}

/** The list that says anything of a path and lies deepest decides. */
function isIgnored(path: string, isFolder: boolean, all: readonly Ignoring[]): boolean {
  for (const { prefix, patterns } of all) {
    const isLeftOut = patterns(path.slice(prefix.length), isFolder);
    if (isLeftOut !== undefined) return isLeftOut;
  }
  return false;
}
