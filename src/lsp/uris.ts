import { fileURLToPath, pathToFileURL } from "node:url";

import { isAbsolutePath } from "../kit/paths.js";
import { toPosix } from "../workspace/files/native-paths.js";

/**
 * The file that a URI stands for. An editor gives a new file a name before there is one on the disk; a text without any
 * name has no place, and other schemes are copies of something: the version in git, say.
 *
 * @returns an absolute path with `/`, or undefined where there is none.
 */
export function pathOf(uri: string): string | undefined {
  const [, scheme = "", rest = ""] = /^([A-Za-z][\w+.-]*):(.*)$/s.exec(uri) ?? [];
  const file = scheme === "untitled" && rest.startsWith("/") ? `file:${rest}` : uri;
  if (!/^file:/i.test(file)) return undefined;
  try {
    const path = toPosix(fileURLToPath(file));
    return isAbsolutePath(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
