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
export function replaceFile(path: string, expected: Buffer, text: string | Buffer): Result<undefined, string> {
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

export interface Replacement {
  readonly path: string;
  readonly name: string;
  readonly before: { readonly bytes: Buffer };
  readonly after: string;
}

/** All files or none: when one can't be written, those before it get their old text back. */
export function replaceFiles(files: readonly Replacement[]): Result<undefined, string> {
  for (const [index, { path, name, before, after }] of files.entries()) {
    const outcome = replaceFile(path, before.bytes, after);
    if (outcome.ok) continue;
    const kept = files
      .slice(0, index)
      .filter((file) => !replaceFile(file.path, Buffer.from(file.after), file.before.bytes).ok)
      .map((file) => `; ${file.name} could not be put back`);
    return failure(`${name}: ${outcome.fault}; nothing is changed${kept.join("")}`);
  }
  return success(undefined);
}

/** In the same directory, since a file can be moved into another's place only on the same disk. */
function writeBeside(target: string, text: string | Buffer): string {
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
