import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";

import { directoryOf, isWithin, joinPath } from "../../kit/paths.js";
import { toPosix } from "./native-paths.js";

/** A folder with a `.git` that leads to a repository. Paths are absolute and resolved, with `/`. */
export interface WorkTree {
  readonly top: string;
  /** What `.git` is, or leads to. */
  readonly gitFolder: string;
  /** Where the configuration and the objects are: another folder than `gitFolder` for a linked work tree. */
  readonly commonFolder: string;
}

/** More than any `.git` file, `commondir` or configuration that git writes. */
const LONGEST = 2 ** 20;

/** The work tree whose top a folder is. Like git, it passes over a `.git` that leads to no repository. */
export function workTreeAt(top: string): WorkTree | undefined {
  const dotGit = joinPath(top, ".git");
  const kind = statOf(dotGit);
  if (!kind) return undefined;
  const gitFolder = kind.isDirectory() ? resolved(dotGit) : kind.isFile() ? linkedFolder(dotGit) : undefined;
  if (gitFolder === undefined || statOf(joinPath(gitFolder, "HEAD"), lstatSync) === undefined) return undefined;
  const commonFolder = commonFolderOf(gitFolder);
  if (commonFolder === undefined) return undefined;
  const isRepository = ["objects", "refs"].every((name) => statOf(joinPath(commonFolder, name))?.isDirectory());
  return isRepository ? { top, gitFolder, commonFolder } : undefined;
}

const GITDIR = "gitdir: ";

/** What `gitdir: …` in a `.git` file leads to. */
function linkedFolder(dotGit: string): string | undefined {
  const written = withoutLineEnds(readShort(dotGit) ?? "");
  const target = written.startsWith(GITDIR) && !written.includes("\0") ? written.slice(GITDIR.length) : "";
  // A link is taken where it lies, as git does.
  return target === "" ? undefined : resolved(joinPath(directoryOf(dotGit), toPosix(target)));
}

function commonFolderOf(gitFolder: string): string | undefined {
  const path = joinPath(gitFolder, "commondir");
  if (statOf(path, lstatSync) === undefined) return gitFolder;
  const target = withoutLineEnds(readShort(path) ?? "");
  return target === "" ? undefined : resolved(joinPath(gitFolder, toPosix(target)));
}

/** By hand: an expression that ends in `$` begins anew at each of a million line ends. */
function withoutLineEnds(text: string): string {
  let end = text.length;
  while (/[\r\n]/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * Whether the `.git` of a work tree leads to a folder among the files of that tree, or of one around it. Then whoever
 * wrote those files wrote the configuration of git, too. Git's own folders are no such files: there it keeps the
 * repositories of submodules and linked work trees.
 */
export function leadsIntoCheckout(tree: WorkTree, around: readonly WorkTree[]): boolean {
  const own = joinPath(tree.top, ".git");
  const elsewhere = [tree.gitFolder, tree.commonFolder].filter((folder) => !isWithin(folder, own));
  return elsewhere.some((folder) => isWithin(folder, tree.top) || around.some((outer) => isContentOf(outer, folder)));
}

function isContentOf({ top, gitFolder, commonFolder }: WorkTree, path: string): boolean {
  return isWithin(path, top) && !isWithin(path, gitFolder) && !isWithin(path, commonFolder);
}

/** The text of a regular file that git writes itself. A FIFO or device would never end. */
export function readShort(path: string): string | undefined {
  const stats = statOf(path);
  if (stats?.isFile() !== true || stats.size > LONGEST) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Undefined for what is not there, and for what can't be looked at. */
export function statOf(path: string, stat: typeof statSync = statSync): Stats | undefined {
  try {
    return stat(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function resolved(path: string): string | undefined {
  try {
    return toPosix(realpathSync.native(path));
  } catch {
    return undefined;
  }
}
