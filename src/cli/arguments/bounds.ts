import { statSync } from "node:fs";

import { toPosix } from "../../workspace/files/native-paths.js";
import { absolutePath } from "../../workspace/files/paths.js";
import { failure, success, type Result } from "../../kit/result.js";
import { parseSize } from "../../workspace/files/file-limits.js";
import { lastOf, type GivenOptions, type OptionName } from "./options.js";

/** Which files may be read. */
export interface BoundsRequest {
  /** As written. */
  readonly allowOutside: readonly string[] | undefined;
  /** In bytes. */
  readonly maxFileSize: number | undefined;
  /** Globs. As written. */
  readonly exclude: readonly string[] | undefined;
}

export const BOUNDS_OPTIONS: readonly OptionName[] = ["allow-outside", "max-file-size", "exclude"];

export function readBounds(given: GivenOptions): Result<BoundsRequest, string> {
  const written = lastOf(given, "max-file-size");
  const maxFileSize = written === undefined ? undefined : parseSize(written);
  if (written !== undefined && maxFileSize === undefined) {
    return failure(`--max-file-size ${written}: write a size up to 511M, such as 8M or 512K`);
  }
  return success({ allowOutside: given.get("allow-outside"), maxFileSize, exclude: given.get("exclude") });
}

/** What of it a workspace needs to know. */
export interface AllowedFiles {
  readonly allowOutside?: readonly string[];
  readonly maxFileSize?: number;
  readonly exclude?: readonly string[];
}

/** A directory that is not there is a mistake in writing: what lies in the right one would stay unchecked. */
export function allowedFiles(
  { allowOutside = [], maxFileSize, exclude }: BoundsRequest,
  cwd: string,
): Result<AllowedFiles, string> {
  const directories: string[] = [];
  for (const written of allowOutside) {
    const directory = absolutePath(cwd, toPosix(written));
    if (!isDirectory(directory)) return failure(`--allow-outside ${written}: there is no such directory`);
    directories.push(directory);
  }
  return success({
    ...(directories.length > 0 && { allowOutside: directories }),
    ...(maxFileSize !== undefined && { maxFileSize }),
    ...(exclude && { exclude: exclude.map(toPosix) }),
  });
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
