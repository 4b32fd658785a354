import { readFileSync } from "node:fs";

import { failure, success, type Result } from "../ipam/result.js";
import { createDisk } from "../workspace/disk.js";
import { describeReadFault } from "../workspace/files/read-fault.js";
import { absolutePath, toPosix } from "../workspace/paths.js";
import { describeError } from "./compose-text.js";

/**
 * Reads a file that somebody typed. It may lie anywhere; only a name in the work tree that is a link to another place
 * is refused, since such names come with the checkout.
 */
export function readNamedFile(written: string, cwd: string, maxFileSize?: number): Result<Buffer, string> {
  const path = absolutePath(cwd, toPosix(written));
  try {
    // What the shell makes of `<(ip route)` is a pipe, and somebody writes into it.
    if (/^\/(?:dev|proc)\//.test(path)) return success(readFileSync(path));
  } catch (error) {
    return failure(`${written}: it can't be read (${describeError(error)})`);
  }
  const bytes = createDisk()
    .within({ cwd, named: [path], maxFileSize })
    .readBytes(path, "list");
  if (bytes.ok) return bytes;
  const { fault } = bytes;
  return failure(
    fault.kind === "missing" ? `${written}: there is no such file` : `${written}: it ${describeReadFault(fault)}`,
  );
}
