import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";

import { failure, success, type Result } from "../ipam/result.js";
import { describeError } from "./compose-text.js";
import { holdSignals } from "./interruption.js";
import { sweep, throughTemporary } from "./temporary-file.js";

/**
 * Puts a new text in the place of a file in one step: nobody ever finds half of it, and a crash leaves the old one.
 *
 * The mode stays, and a symbolic link stays one.
 *
 * @param expected What the file holds unless somebody else wrote to it in the meantime; then it is left alone.
 */
export function replaceFile(path: string, expected: Buffer, text: string | Buffer): Result<undefined, string> {
  holdSignals();
  try {
    const target = targetOf(path);
    accessSync(target, constants.W_OK);
    // Beside a link, whoever called has looked already.
    if (dirname(target) !== dirname(path)) sweep(dirname(target));
    const { mode, uid, gid } = statSync(target);
    // In the same directory, since a file can be moved into another's place only on the same disk.
    return throughTemporary(dirname(target), text, { mode: mode & 0o7777, owner: { uid, gid } }, (temporary) => {
      if (!readFileSync(target).equals(expected)) {
        return failure("it changed on the disk while it was checked, so it was not written; run again");
      }
      renameSync(temporary, target);
      return success(undefined);
    });
  } catch (error) {
    return failure(`it can't be written (${describeError(error)})`);
  }
}

/** The file that is written when `path` is to be: all writing goes through here. */
function targetOf(path: string): string {
  return realpathSync(path);
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
  const written: Written[] = [];
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) sweep(folder);
  for (const file of files) {
    const { path, name, before, after } = file;
    const outcome = before ? replaceFile(path, before.bytes, after) : createFile(file);
    if (outcome.ok) {
      written.push({ file, folder: outcome.value });
      continue;
    }
    const kept = written
      .reverse()
      .filter((each) => !putBack(each))
      .map((each) => `; ${each.file.name} could not be put back`);
    return failure(`${name}: ${outcome.fault}; nothing is changed${kept.join("")}`);
  }
  return success(undefined);
}

interface Written {
  readonly file: Replacement;
  /** The uppermost of the folders that were made for it. */
  readonly folder: string | undefined;
}

/** Never over a file that somebody else makes in the meantime, and whole from its first moment on. */
function createFile({ path, after, mode = 0o666 }: Replacement): Result<string | undefined, string> {
  holdSignals();
  let folder: string | undefined;
  try {
    folder = mkdirSync(dirname(path), { recursive: true });
    throughTemporary(targetOf(dirname(path)), after, { mode }, (temporary) => {
      linkSync(temporary, path);
    });
    return success(folder);
  } catch (error) {
    removeFolders(path, folder);
    return failure(`it can't be written (${describeError(error)})`);
  }
}

function putBack({ file: { path, before, after }, folder }: Written): boolean {
  if (before) return replaceFile(path, Buffer.from(after), before.bytes).ok;
  try {
    rmSync(path);
    removeFolders(path, folder);
    return true;
  } catch {
    return false;
  }
}

/** Those that were made for a file, unless somebody else has put something there. */
function removeFolders(path: string, uppermost: string | undefined): void {
  if (uppermost === undefined) return;
  try {
    for (let folder = dirname(path); folder.length >= uppermost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // It is in use.
  }
}
