import { lstatSync } from "node:fs";

import { directoryOf, joinPath } from "../../kit/paths.js";
import { leadsIntoCheckout, resolved, statOf, workTreeAt, type WorkTree } from "./git-folder.js";
import { isOwnerTrusted } from "./users.js";

/**
 * The outermost git work tree that holds a folder: a submodule, and a clone inside of a checkout, belong to the top of
 * that checkout.
 *
 * Who can create a `.git` in a folder above the checkout (in `/tmp`, say) must not be able to widen what is read. So a
 * work tree counts only where its `.git` belongs to this user or to root, or where one other user owns all of it: the
 * `.git`, the top, which nobody else can write to, and the folder that is asked about.
 *
 * @param directory Absolute. One that is not there yet is looked for from the nearest folder that is.
 */
export function findWorkTree(directory: string): WorkTree | undefined {
  const { folders, chains, tops } = memory();
  const folder = existingFolder(directory, folders);
  if (tops.has(folder)) return tops.get(folder);
  const found = treesAbove(folder, chains).findLast((tree, index, trees) => {
    return !leadsIntoCheckout(tree, trees.slice(index + 1)) && mayBeTop(tree, folder);
  });
  tops.set(folder, found);
  return found;
}

/** The innermost git work tree that holds a folder: the one whose git knows its files. Its owner may be anybody. */
export function nearestWorkTree(directory: string): WorkTree | undefined {
  return treesAbove(existingFolder(directory))[0];
}

/** The work trees around another one, the nearest first. */
export function workTreesAround({ top }: WorkTree): readonly WorkTree[] {
  const parent = directoryOf(top);
  return parent === top ? [] : treesAbove(parent);
}

/**
 * Within one turn of the event loop nobody could tell an older answer from a newer one, and a check asks about each
 * folder for every file that it reads.
 */
class Memory {
  readonly folders = new Map<string, string>();
  readonly chains = new Map<string, readonly WorkTree[]>();
  readonly tops = new Map<string, WorkTree | undefined>();
}

let current: Memory | undefined;

function memory(): Memory {
  if (!current) setImmediate(() => (current = undefined)).unref();
  current ??= new Memory();
  return current;
}

function existingFolder(directory: string, known = new Map<string, string>()): string {
  const parent = directoryOf(directory);
  const folder =
    known.get(directory) ?? resolved(directory) ?? (parent === directory ? directory : existingFolder(parent, known));
  known.set(directory, folder);
  return folder;
}

function treesAbove(folder: string, known = new Map<string, readonly WorkTree[]>()): readonly WorkTree[] {
  const before = known.get(folder);
  if (before) return before;
  const parent = directoryOf(folder);
  const above = parent === folder ? [] : treesAbove(parent, known);
  const own = workTreeAt(folder);
  const chain = own ? [own, ...above] : above;
  known.set(folder, chain);
  return chain;
}

function mayBeTop({ top }: WorkTree, asked: string): boolean {
  const dotGit = statOf(joinPath(top, ".git"), lstatSync);
  const folder = statOf(top);
  if (!dotGit || !folder) return false;
  if (isOwnerTrusted(dotGit.uid) || dotGit.uid === 0) return true;
  const isOthersWork = dotGit.uid === folder.uid && (folder.mode & 0o002) === 0;
  const askedOwner = statOf(asked)?.uid;
  return isOthersWork && (askedOwner === folder.uid || askedOwner === 0);
}
