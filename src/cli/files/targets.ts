import { lstatSync, statSync } from "node:fs";

import { directoryOf, joinPath } from "../../kit/paths.js";
import { failure, success, type Result } from "../../kit/result.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { byCodeUnits } from "../../kit/order.js";
import { findComposeFiles } from "../../workspace/files/discover.js";
import { toPosix } from "../../workspace/files/native-paths.js";
import type { Disk } from "../../workspace/files/disk.js";
import type { Workspace } from "../../workspace/workspace.js";
import type { FoundFiles, ListingNote } from "../../workspace/files/found-files.js";
import type { NotChecked } from "../../workspace/files/not-checked.js";
import { unread } from "./not-checked.js";

/** What a run is about. Paths are absolute, with `/`. */
export interface Targets {
  /** Each once, in a fixed order. */
  readonly files: readonly string[];
  /** The directories whose forbidden-ranges file was named. */
  readonly governed: readonly string[];
  /** What the policy leaves out: files, and directories that were named. */
  readonly ignored: readonly string[];
  /** What lies below the directories, and could not be looked at. */
  readonly notChecked: readonly NotChecked[];
  /** How directories were listed, where that is not as usual. */
  readonly notes: readonly ListingNote[];
}

/**
 * Finds the files that paths stand for: compose files, unless `list` knows of others.
 *
 * A file that is named is checked whatever it is called. A forbidden-ranges file stands for its directory: when the
 * ranges change, the findings may change in any file below it.
 */
export function findTargets(
  paths: readonly string[],
  cwd: string,
  list: (directory: string) => FoundFiles = findComposeFiles,
  workspace?: Pick<Workspace, "ignoredBy"> & { readonly disk: Pick<Disk, "refusal"> },
): Result<Targets, string> {
  const files = new Set<string>();
  const governed = new Set<string>();
  const ignored = new Set<string>();
  const notChecked = new Map<string, NotChecked>();
  const notes = new Map<string, ListingNote>();
  const addDirectory = (directory: string): void => {
    const refusal = workspace?.disk.refusal(directory);
    if (refusal) {
      notChecked.set(directory, unread(directory, refusal, cwd));
      return;
    }
    const found = list(directory);
    for (const path of found.files) if (!isDeleted(path)) files.add(path);
    for (const path of found.ignored) if (!isDeleted(path)) ignored.add(path);
    for (const one of found.notChecked) notChecked.set(one.path, one);
    for (const note of found.notes) notes.set(note.path, note);
  };
  for (const written of paths.length > 0 ? paths : ["."]) {
    const path = joinPath(cwd, toPosix(written));
    const kind = kindOf(path);
    if (!kind) return failure(`there is no file or directory ${written}`);
    if (workspace?.ignoredBy(path) !== undefined) ignored.add(path);
    else if (kind === "directory") addDirectory(path);
    else if (isPolicyFileName(path)) governed.add(directoryOf(path));
    else files.add(path);
  }
  for (const directory of governed) addDirectory(directory);
  return success({
    files: [...files].sort(byCodeUnits),
    governed: [...governed],
    ignored: [...ignored].sort(byCodeUnits),
    notChecked: [...notChecked.values()].sort((left, right) => byCodeUnits(left.path, right.path)),
    notes: [...notes.values()],
  });
}

/** Git also lists what was deleted and not committed yet. What can't be looked at is still there. */
function isDeleted(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOTDIR";
  }
}

/** What can't be looked at is there all the same: it counts as a file, which nobody can read then. */
function kindOf(path: string): "file" | "directory" | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat && (stat.isDirectory() ? "directory" : "file");
  } catch {
    return "file";
  }
}
