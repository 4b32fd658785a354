import { lstatSync } from "node:fs";
import { homedir } from "node:os";

import { isAbsolutePath, isWithin, joinPath } from "../../kit/paths.js";
import { toPosix } from "./native-paths.js";
import { userSettings } from "./git-environment.js";
import { resolved, statOf, type WorkTree } from "./git-folder.js";
import { isOwnerTrusted } from "./users.js";

/**
 * Whether a work tree, its `.git` and the folders that this leads to belong to the user, or the user has declared the
 * work tree safe. Git asks the same, but not when it is told its folder.
 *
 * @param program Git, to read the user's own configuration with.
 */
export function isOwnerKnown(tree: WorkTree, program: string): boolean {
  const { top, gitFolder, commonFolder } = tree;
  const owners = [top, gitFolder, commonFolder].map((path) => statOf(path)?.uid);
  const all = [...owners, statOf(joinPath(top, ".git"), lstatSync)?.uid];
  if (all.every((uid) => uid !== undefined && isOwnerTrusted(uid))) return true;
  return isDeclaredSafe(top, userSettings(program, "safe.directory"));
}

/** By git's reading of `safe.directory`: an empty value takes back what was said before it. */
function isDeclaredSafe(top: string, values: readonly string[]): boolean {
  return values.slice(values.lastIndexOf("") + 1).some((value) => {
    if (value === "*") return true;
    const path = value.startsWith("~/") ? joinPath(toPosix(homedir()), value.slice(2)) : toPosix(value);
    const isForAllBelow = path.endsWith("/*");
    const named = isForAllBelow ? path.slice(0, -2) || "/" : path;
    if (!isAbsolutePath(named)) return false;
    const folder = resolved(named) ?? named;
    return isForAllBelow ? folder !== top && isWithin(top, folder) : folder === top;
  });
}
