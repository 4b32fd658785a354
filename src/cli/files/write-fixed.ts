import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import { failure, success, type Result } from "../../kit/result.js";
import { toPosix } from "../../workspace/files/native-paths.js";
import { describeError } from "./compose-text.js";
import { holdSignals } from "../terminal/interruption.js";
import { sweep, throughTemporary } from "./temporary-file.js";

/**
 * Puts a new text in the place of a file in one step: nobody ever finds half of it, and a crash leaves the old one.
 *
 * The mode stays, and a symbolic link stays one.
 *
 * @param expected What the file holds unless somebody else wrote to it in the meantime; then it is left alone.
 * @param allowed Where the path led when it was judged; a link may have taken its place since then.
 */
export function replaceFile(
  path: string,
  expected: Buffer,
  text: string | Buffer,
  allowed?: string,
): Result<undefined, string> {
  holdSignals();
  try {
    const target = targetOf(path);
    if (allowed !== undefined && toPosix(target) !== allowed) return failure("another file took its place; run again");
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

/** The file that is written when `path` is to be, with no link left in it: all writing goes through here. */
function targetOf(path: string): string {
  return realpathSync.native(path);
}

/** The same for a file that is not there yet, and whose folders may not be either. */
function newTargetOf(path: string): string {
  const folder = dirname(path);
  return join(existsSync(folder) ? targetOf(folder) : newTargetOf(folder), basename(path));
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
    const outcome = file.before ? replaceFile(file.path, file.before.bytes, file.after) : createFile(file);
    if (outcome.ok) {
      written.push({ file, created: outcome.value });
      continue;
    }
    const kept = written
      .reverse()
      .filter((each) => !putBack(each))
      .map((each) => `; ${each.file.name} could not be put back`);
    return failure(`${file.name}: ${outcome.fault}; nothing is changed${kept.join("")}`);
  }
  return success(undefined);
}

interface Written {
  readonly file: Replacement;
  readonly created: Created | undefined;
}

interface Created {
  readonly target: string;
  /** The uppermost of the folders that were made for it. */
  readonly folder: string | undefined;
}

/** Never over a file that somebody else makes in the meantime, and whole from its first moment on. */
function createFile({ path, after, mode = 0o666 }: Replacement): Result<Created, string> {
  holdSignals();
  try {
    const target = newTargetOf(path);
    const folder = mkdirSync(dirname(target), { recursive: true });
    try {
      throughTemporary(dirname(target), after, { mode }, (temporary) => {
        linkSync(temporary, target);
      });
    } catch (error) {
      removeFolders({ target, folder });
      throw error;
    }
    return success({ target, folder });
  } catch (error) {
    return failure(`it can't be written (${describeError(error)})`);
  }
}

function putBack({ file: { path, before, after }, created }: Written): boolean {
  if (before) return replaceFile(path, Buffer.from(after), before.bytes).ok;
  if (!created) return true;
  try {
    rmSync(created.target);
    removeFolders(created);
    return true;
  } catch {
    return false;
  }
}

/** Those that were made for a file, unless somebody else has put something there. */
function removeFolders({ target, folder: uppermost }: Created): void {
  if (uppermost === undefined) return;
  try {
    for (let folder = dirname(target); folder.length >= uppermost.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // It is in use.
  }
}
