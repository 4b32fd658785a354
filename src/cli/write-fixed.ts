import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import { failure, success, type Result } from "../ipam/result.js";
import { describeError } from "./compose-text.js";

/**
 * Puts a new text in the place of a file in one step: nobody ever finds half of it, and a crash leaves the old one.
 *
 * The mode stays, and a symbolic link stays one.
 *
 * @param expected What the file holds unless somebody else wrote to it in the meantime; then it is left alone.
 */
export function replaceFile(path: string, expected: Buffer, text: string): Result<undefined, string> {
  try {
    const target = realpathSync(path);
    accessSync(target, constants.W_OK);
    const temporary = writeBeside(target, text);
    try {
      if (!readFileSync(target).equals(expected)) {
        return failure("it changed on the disk while it was checked, so it was not written; run again");
      }
      renameSync(temporary, target);
      return success(undefined);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    return failure(`it can't be written (${describeError(error)})`);
  }
}

/** In the same directory, since a file can be moved into another's place only on the same disk. */
function writeBeside(target: string, text: string): string {
  const { mode, uid, gid } = statSync(target);
  const permissions = mode & 0o7777;
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  // A file of this name that is there already is somebody else's.
  writeFileSync(temporary, text, { flag: "wx", mode: permissions });
  try {
    keepOwner(temporary, uid, gid);
    // The mode of a new file is cut by the umask, and a new owner takes special bits away.
    chmodSync(temporary, permissions);
    return temporary;
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Matters when root fixes the files of somebody else; nobody but root may do it. */
function keepOwner(path: string, uid: number, gid: number): void {
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
}
