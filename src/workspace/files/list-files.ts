import { joinPath } from "../../kit/paths.js";
import { printablePath } from "../../kit/printable.js";
import { relativePath } from "./paths.js";
import { walk, walkForSpecialFiles } from "./walk.js";
import { excludesOf, submodulesOf } from "./excludes.js";
import type { Found, Walked } from "./found.js";
import { resolved, workTreeAt, type WorkTree } from "./git-folder.js";
import { listedByGit } from "./git-listing.js";
import type { Listing } from "./found-files.js";
import type { NotChecked } from "./not-checked.js";
import { describeReadFault } from "./read-fault.js";
import { nearestWorkTree } from "./work-tree.js";

/**
 * The files below a folder that git does not ignore, with those of its submodules. Where git can't be asked, or must
 * not be, the folders are walked, and what their `.gitignore` says counts as well.
 *
 * @param isIgnored Whether a folder is neither opened nor missed, by its path as a listing shows it.
 */
export function listFiles(directory: string, isIgnored: IsIgnored = () => false): Listing {
  const listing: Growing = { files: [], unusable: [], notChecked: [], notes: [] };
  const folder = resolved(directory);
  if (folder !== undefined) addBelow(listing, { folder, shown: directory, isIgnored }, nearestWorkTree(folder));
  return listing;
}

type IsIgnored = (folder: string) => boolean;

type Growing = { readonly [Key in keyof Listing]: Listing[Key][number][] };

/** A folder as it lies on the disk, and as it was asked for. */
interface Site {
  readonly folder: string;
  readonly shown: string;
  readonly isIgnored: IsIgnored;
}

function addBelow(listing: Growing, site: Site, tree: WorkTree | undefined): void {
  // Where there is no work tree, the clones in a folder are all that it holds.
  const { shown, isIgnored } = site;
  const leavesOut = (path: string): boolean => isIgnored(joinPath(shown, path));
  const found = tree
    ? foundIn(tree, site, listing, leavesOut)
    : withParts(walk(site.folder, { leavesOut }), () => true);
  addFound(listing, site, found);
  for (const path of found.parts) {
    if (leavesOut(path)) continue;
    const part = { folder: joinPath(site.folder, path), shown: joinPath(shown, path), isIgnored };
    const own = workTreeAt(part.folder);
    const leavesOutOfPart = (below: string): boolean => isIgnored(joinPath(part.shown, below));
    if (own) addBelow(listing, part, own);
    else {
      const options = { ...(tree && { root: tree.top, patterns: excludesOf(tree) }), leavesOut: leavesOutOfPart };
      addFound(listing, part, walk(part.folder, options));
    }
  }
}

function foundIn(tree: WorkTree, { folder, shown }: Site, listing: Growing, leavesOut: IsIgnored): Found {
  const listed = listedByGit(tree, folder);
  if (listed.ok) {
    const isThere = walkForSpecialFiles(folder, { root: tree.top, leavesOut }).length > 0;
    // The patterns of the user are another question to git, which is seldom worth it.
    const patterns = isThere ? excludesOf(tree) : [];
    const special = isThere ? walkForSpecialFiles(folder, { root: tree.top, patterns, leavesOut }) : [];
    return { ...listed.value, special };
  }
  if (listed.fault !== "no git") {
    const { reason, cure } = listed.fault;
    listing.notes.push({
      path: shown,
      reason: `was listed without git: ${reason}`,
      ...(cure !== undefined && { cure }),
    });
  }
  const parts = submodulesOf(tree.top);
  const walked = walk(folder, { root: tree.top, patterns: excludesOf(tree), leavesOut });
  return withParts(walked, (path) => parts.has(relativePath(tree.top, joinPath(folder, path))));
}

function withParts(walked: Walked, isPart: (path: string) => boolean): Found {
  return {
    ...walked,
    parts: walked.repositories.filter(isPart),
    repositories: walked.repositories.filter((path) => !isPart(path)),
  };
}

function addFound(listing: Growing, { shown }: Site, found: Walked): void {
  for (const path of found.files) {
    if (path.includes("\n")) listing.unusable.push(unnameable(joinPath(shown, path), "has a line feed in its path"));
    else listing.files.push(joinPath(shown, path));
  }
  for (const path of found.notUtf8) {
    listing.unusable.push(unnameable(joinPath(shown, path), "has a path that is not valid UTF-8"));
  }
  for (const path of found.special) {
    const reason = describeReadFault({ kind: "not regular" });
    listing.unusable.push({ path: joinPath(shown, path), reason, isTrouble: true });
  }
  for (const path of found.longLists) {
    const reason = "has more than 64 KiB of patterns, with those of the folders above it";
    listing.notChecked.push({ path: joinPath(shown, path), reason, cure: "shorten it", isTrouble: true });
  }
  for (const path of found.repositories) {
    const reason = "is a repository of its own";
    listing.notChecked.push({ path: joinPath(shown, path), reason, cure: "name it to check it", isTrouble: false });
  }
  for (const { path, reason, isTooLong } of found.unopened) {
    const cure = isTooLong ? "shorten the names of its folders" : cureOfClosed(printablePath(path));
    listing.notChecked.push({ path: joinPath(shown, path), reason, ...(path !== "" && { cure }), isTrouble: true });
  }
}

function cureOfClosed(path: string): string {
  return `add "${path}/" to .gitignore, or name it in "ignore:" of the policy file`;
}

function unnameable(path: string, reason: string): NotChecked {
  return { path, reason, cure: "rename it", isTrouble: true };
}
