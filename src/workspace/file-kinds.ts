import { baseName } from "../compose/paths.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";

/** What a file is to us. By its name alone, since a compose file may be called anything. */
export type FileKind = "compose" | "daemon configuration" | "forbidden ranges";

export function fileKindOf(path: string): FileKind {
  if (isPolicyFileName(path)) return "forbidden ranges";
  return baseName(path) === "daemon.json" ? "daemon configuration" : "compose";
}
