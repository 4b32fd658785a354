import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  linkSync,
  mkdirSync,
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
  /** Undefined for a new file. */
  readonly before: { readonly bytes: Buffer } | undefined;
  readonly after: string;
  /** Of a new file, where it is not the usual one. */
  readonly mode?: number | undefined;
}

/** All files or none: when one can't be written, those before it get their old text back, and new ones go again. */
export function replaceFiles(files: readonly Replacement[]): Result<undefined, string> {
  for (const [index, file] of files.entries()) {
    const { path, name, before, after } = file;
    const outcome = before ? replaceFile(path, before.bytes, after) : createFile(file);
    if (outcome.ok) continue;
    const kept = files
      .slice(0, index)
      .filter((written) => !putBack(written))
      .map((written) => `; ${written.name} could not be put back`);
    return failure(`${name}: ${outcome.fault}; nothing is changed${kept.join("")}`);
  }
  return success(undefined);
}

/** Never over a file that somebody else makes in the meantime, and whole from its first moment on. */
function createFile({ path, after, mode = 0o666 }: Replacement): Result<undefined, string> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, after, { flag: "wx", mode });
    try {
      linkSync(temporary, path);
      return success(undefined);
    } finally {
      rmSync(temporary);
    }
  } catch (error) {
    return failure(`it can't be written (${describeError(error)})`);
  }
}

function putBack({ path, before, after }: Replacement): boolean {
  if (before) return replaceFile(path, Buffer.from(after), before.bytes).ok;
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
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
