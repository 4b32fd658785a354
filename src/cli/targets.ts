import { existsSync, statSync } from "node:fs";

import { directoryOf, joinPath } from "../compose/paths.js";
import { failure, success, type Result } from "../ipam/result.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";
import { byCodeUnits, findComposeFiles } from "../workspace/discover.js";
import { toPosix } from "../workspace/paths.js";
import { describeError } from "./compose-text.js";

/** What a run is about. Paths are absolute, with `/`. */
export interface Targets {
  /** Each once, in a fixed order. */
  readonly files: readonly string[];
  /** The directories whose forbidden-ranges file was named. */
  readonly governed: readonly string[];
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
  list: (directory: string) => readonly string[] = findComposeFiles,
): Result<Targets, string> {
  const files = new Set<string>();
  const governed = new Set<string>();
  const addDirectory = (directory: string): void => {
    // Git also lists what was deleted and not committed yet.
    for (const path of list(directory)) if (existsSync(path)) files.add(path);
  };
  for (const written of paths.length > 0 ? paths : ["."]) {
    const path = joinPath(cwd, toPosix(written));
    const kind = kindOf(path);
    if (!kind.ok) return failure(`${kind.fault} ${written}`);
    if (kind.value === "directory") addDirectory(path);
    else if (isPolicyFileName(path)) governed.add(directoryOf(path));
    else files.add(path);
  }
  for (const directory of governed) addDirectory(directory);
  return success({ files: [...files].sort(byCodeUnits), governed: [...governed] });
}

function kindOf(path: string): Result<"file" | "directory", string> {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return failure("there is no file or directory");
    return success(stat.isDirectory() ? "directory" : "file");
  } catch (error) {
    return failure(`${describeError(error)}:`);
  }
}
