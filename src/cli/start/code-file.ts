import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

/** What V8 made of the bundle in earlier runs. */
export interface Code {
  /** Which runs it comes from: each needs other functions. */
  readonly kinds: readonly string[];
  readonly data: Buffer;
}

const [CHECKSUM, LENGTH] = [4, 4];
/** V8 copies what does not begin at such a multiple. */
const ALIGNMENT = 8;
const MOST_IN_A_FILE = 64 * 2 ** 20;
const MOST_IN_THE_FOLDER = 200 * 10 ** 6;
const UNFINISHED = /^code-[0-9a-f]+\.tmp$/;
/** So old, it was left by a run that was killed. */
const LEFT_AFTER = 60 * 60 * 1000;

/** @param key All that the code depends on. */
export function codeFile(folder: string, key: string): string {
  return path.join(folder, `code-${key.replaceAll(/[^\w.]+/g, "-")}.bin`);
}

/**
 * V8 trusts what it is given, so nothing is given to it that is not whole, not ours, or of another key. The
 * checksum finds damage; that nobody else has written the file, its folder, owner and mode say.
 */
export function readCode(file: string, key: string): Code | undefined {
  try {
    const bytes = readOwn(file);
    const rest = bytes.subarray(CHECKSUM);
    if (crc32(rest) !== bytes.readUInt32LE(0)) return undefined;
    const end = LENGTH + rest.readUInt32LE(0);
    const head: unknown = JSON.parse(rest.toString("utf8", LENGTH, end));
    return isHead(head) && head.key === key ? { kinds: head.kinds, data: rest.subarray(end) } : undefined;
  } catch {
    return undefined;
  }
}

/** Readers see the old file or the new one. What can't be written is not. */
export function writeCode(file: string, key: string, { kinds, data }: Code): void {
  const head = Buffer.from(JSON.stringify({ key, kinds }));
  const padding = -(CHECKSUM + LENGTH + head.length) & (ALIGNMENT - 1);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32LE(head.length + padding);
  const rest = Buffer.concat([length, head, Buffer.alloc(padding, " "), data]);
  if (rest.length > MOST_IN_A_FILE) return;
  const folder = path.dirname(file);
  const temporary = path.join(folder, `code-${randomBytes(12).toString("hex")}.tmp`);
  try {
    makeRoom(folder, rest.length + CHECKSUM);
    const checksum = Buffer.alloc(CHECKSUM);
    checksum.writeUInt32LE(crc32(rest));
    writeFileSync(temporary, Buffer.concat([checksum, rest]), { flag: "wx", mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    remove(temporary);
  }
}

/** Drops the oldest files, and what a killed run has left, until so many bytes fit in. */
function makeRoom(folder: string, bytes: number): void {
  const files = readdirSync(folder)
    .map((name) => ({ file: path.join(folder, name), name }))
    .map(({ file, name }) => ({ file, name, stats: lstatSync(file, { throwIfNoEntry: false }) }))
    .flatMap(({ file, name, stats }) =>
      stats?.isFile() ? [{ file, name, size: stats.size, time: stats.mtimeMs }] : [],
    )
    .sort((a, b) => a.time - b.time);
  let room = MOST_IN_THE_FOLDER - bytes - files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, name, size, time } of files) {
    const isLeft = UNFINISHED.test(name) && Date.now() - time > LEFT_AFTER;
    if (room >= 0 && !isLeft) continue;
    remove(file);
    room += size;
  }
}

/** A file that can't be removed takes room, and no more. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays.
  }
}

/** @throws {Error} when it is anything but a plain file that only this user can read and write. */
function readOwn(file: string): Buffer {
  // Windows lacks two of these flags, and what they are for; there they count as 0.
  const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(handle);
    const uid = process.geteuid?.();
    const isPrivate = uid === undefined || (stats.uid === uid && (stats.mode & 0o077) === 0);
    if (!stats.isFile() || !isPrivate || stats.size > MOST_IN_A_FILE) throw new Error("not ours");
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    return bytes.subarray(0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}

function isHead(value: unknown): value is { key: string; kinds: string[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    "key" in value &&
    typeof value.key === "string" &&
    "kinds" in value &&
    Array.isArray(value.kinds) &&
    value.kinds.every((kind) => typeof kind === "string")
  );
}
