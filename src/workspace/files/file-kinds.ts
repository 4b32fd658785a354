import { baseName } from "../../kit/paths.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";

/** What a file is to us. By its name alone, since a compose file may be called anything. */
export type FileKind = "compose" | "daemon configuration" | "forbidden ranges";

export function fileKindOf(path: string): FileKind {
  if (isPolicyFileName(path)) return "forbidden ranges";
  return isDaemonFileName(path) ? "daemon configuration" : "compose";
}

/** The one name that Docker itself gives the file, in whatever folder a repository keeps it. */
export function isDaemonFileName(path: string): boolean {
  return baseName(path) === "daemon.json";
}

/** The same as a glob, for ESLint's `files`. */
export const DAEMON_FILE_GLOB = "**/daemon.json";
