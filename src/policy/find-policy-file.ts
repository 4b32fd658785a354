import { baseName, directoryOf, isWithin, joinPath, normalizePath } from "../kit/paths.js";

/** The names a policy file is found by, in the order they are tried in one directory. */
const POLICY_FILE_NAMES: readonly string[] = ["forbidden-ranges.yaml", "forbidden-ranges.yml", "forbidden-ranges.json"];

/** The same as globs, for ESLint's `files`. */
export const POLICY_FILE_GLOBS = {
  yaml: "**/forbidden-ranges.{yaml,yml}",
  json: "**/forbidden-ranges.json",
} as const;

export function isPolicyFileName(path: string): boolean {
  return POLICY_FILE_NAMES.includes(baseName(path));
}

/**
 * The policy file that holds for a compose file: the nearest one from its directory upwards to `top`.
 *
 * `top` is that of the work tree (`""` or `.` when paths are relative to it). For a compose file outside `top`
 * only `top` itself is asked: a stranger's folders do not decide about this workspace.
 */
export function findPolicyFile(
  composeFile: string,
  top: string,
  exists: (path: string) => boolean,
): string | undefined {
  for (const directory of directoriesUpTo(normalizePath(top), normalizePath(composeFile))) {
    const found = policyFilesIn(directory).find(exists);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The paths that a policy file of a directory may have. */
export function policyFilesIn(directory: string): readonly string[] {
  return POLICY_FILE_NAMES.map((name) => joinPath(directory, name));
}

function* directoriesUpTo(top: string, composeFile: string): Generator<string> {
  if (isWithin(composeFile, top)) {
    for (let directory = directoryOf(composeFile); directory !== top; directory = directoryOf(directory))
      yield directory;
  }
  yield top;
}
