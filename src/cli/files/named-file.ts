import { failure, type Result } from "../../kit/result.js";
import { createDisk } from "../../workspace/files/node-disk.js";
import { limitFor } from "../../workspace/files/file-limits.js";
import { readAnyFile } from "../../workspace/files/read-file.js";
import { describeReadFault } from "../../workspace/files/read-fault.js";
import { toPosix } from "../../workspace/files/native-paths.js";
import { absolutePath } from "../../workspace/files/paths.js";

/**
 * Reads a file that somebody typed. It may lie anywhere; only a name in the work tree that is a link to another place
 * is refused, since such names come with the checkout.
 */
export function readNamedFile(written: string, cwd: string, maxFileSize?: number): Result<Buffer, string> {
  const path = absolutePath(cwd, toPosix(written));
  // What the shell makes of `<(ip route)` is a pipe.
  const bytes = /^\/(?:dev|proc)\//.test(path)
    ? readAnyFile(path, limitFor("list", maxFileSize))
    : createDisk()
        .within({ cwd, named: [path], maxFileSize })
        .readBytes(path, "list");
  if (bytes.ok) return bytes;
  const { fault } = bytes;
  return failure(
    fault.kind === "missing" ? `${written}: there is no such file` : `${written}: it ${describeReadFault(fault)}`,
  );
}
