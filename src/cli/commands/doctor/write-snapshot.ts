import { existsSync } from "node:fs";

import { SNAPSHOT_KIND } from "../../../import/doctor-snapshot.js";
import { failure, type Result } from "../../../kit/result.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { absolutePath } from "../../../workspace/files/paths.js";
import { readNamedFile } from "../../files/named-file.js";
import { replaceFiles } from "../../files/write-fixed.js";
import type { Terminal } from "../../terminal/terminal.js";
import { LONGEST_SNAPSHOT } from "./snapshot-from.js";

/** Writes a snapshot, also over an older one; any other file stays as it is. */
export function writeSnapshot(name: string, text: string, { cwd }: Pick<Terminal, "cwd">): Result<undefined, string> {
  const path = absolutePath(cwd, toPosix(name));
  if (!existsSync(path)) return replaceFiles([{ path, name, before: undefined, after: text, mode: 0o600 }]);
  const bytes = readNamedFile(name, cwd, LONGEST_SNAPSHOT);
  if (!bytes.ok) return bytes;
  if (!bytes.value.includes(JSON.stringify(SNAPSHOT_KIND))) {
    return failure(`${name}: the file exists and is not a snapshot: choose another name`);
  }
  return replaceFiles([{ path, name, before: { bytes: bytes.value }, after: text }]);
}
