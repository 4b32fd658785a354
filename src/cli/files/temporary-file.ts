import { createHash, randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { describeError } from "./compose-text.js";

export interface Ownership {
  readonly mode: number;
  /** Undefined for whoever runs this. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Windows has no O_NOFOLLOW: undefined adds nothing, and O_EXCL follows no link anyway. */
const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;

/**
 * Writes a text into a new file of the folder, and has it moved or linked to where it belongs. Afterwards the new file is
 * gone under its own name, whatever happened.
 *
 * The work is done within one turn of the event loop: see `holdSignals`.
 *
 * @param place Gets the path of a file that is whole and on the disk.
 */
export function throughTemporary<T>(
  folder: string,
  text: string | Buffer,
  ownership: Ownership,
  place: (temporary: string) => T,
): T {
  const path = join(folder, temporaryName());
  const handle = open(path, ownership.mode);
  try {
    fill(handle, text, ownership);
    return place(path);
  } finally {
    remove(path);
  }
}

/** Never wider than in the end, not even for a moment. Owner and content come first: both may take mode bits away. */
function open(path: string, mode: number): number {
  try {
    return openSync(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, mode & 0o777);
  } catch (error) {
    throw new Error(`${describeError(error)}: no new file can be made in its folder`, { cause: error });
  }
}

function fill(handle: number, text: string | Buffer, { mode, owner }: Ownership): void {
  try {
    writeFileSync(handle, text);
    if (owner) {
      const own = fstatSync(handle);
      // Matters when root fixes the files of somebody else; nobody but root may do it.
      if (own.uid !== owner.uid || own.gid !== owner.gid) fchownSync(handle, owner.uid, owner.gid);
      // The mode of a new file is cut by the umask, and a new owner takes special bits away.
      fchmodSync(handle, mode);
    }
    // Without it, a file that was renamed may be empty after the machine lost its power.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw new Error(`${describeError(error)}: remove ${path}`, { cause: error });
  }
}

/** `.compose-networks-<pid>-<where that process id counts>-<random>.tmp` */
const NAME = /^\.compose-networks-(\d+)-([0-9a-f]{8})-[0-9a-f]{16}\.tmp$/;

function temporaryName(): string {
  return `.compose-networks-${process.pid}-${processSpace()}-${randomBytes(8).toString("hex")}.tmp`;
}

let space: string | undefined;

/** Process ids of two machines, or of two containers, that share a disk say nothing about each other. */
function processSpace(): string {
  space ??= createHash("sha256").update(`${hostname()}\n${pidNamespace()}`).digest("hex").slice(0, 8);
  return space;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

/** A file that a run left behind because it was killed, and that stays. */
export interface Leftover {
  readonly path: string;
  readonly why: string;
}

/** Removes what killed runs left in a folder. @returns what can't be removed. */
export function sweep(folder: string): readonly Leftover[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    const why = isAbandoned(path, name) ? whyItStays(path) : undefined;
    return why === undefined ? [] : [{ path, why }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A writer needs its file for milliseconds. Only one that was stopped in the middle needs it longer: it will fail. */
const LONG_MS = 60_000;

/** Never true for the file of a run that is still at work. */
function isAbandoned(path: string, name: string): boolean {
  const [, pid = "", where] = NAME.exec(name) ?? [];
  if (where === undefined) return false;
  const file = lstatSync(path, { throwIfNoEntry: false });
  if (file?.isFile() !== true) return false;
  if (where === processSpace() && !isOther(Number(pid))) return true;
  return Date.now() - file.mtimeMs > LONG_MS;
}

/** Whether another process than this one has the id now. This one has no file of its own while it sweeps. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return describeError(error) === "EPERM";
  }
}

function whyItStays(path: string): string | undefined {
  try {
    const own = process.getuid?.();
    if (own !== undefined && own !== 0 && lstatSync(path).uid !== own) return "it belongs to another user";
    rmSync(path, { force: true });
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}
