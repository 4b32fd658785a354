import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

import { failure, success, type Result } from "../../kit/result.js";
import type { ReadFault } from "./read-fault.js";

/** A file as it was opened. */
export interface OpenedFile {
  readonly bytes: Buffer;
  /** Which file it was: another path with the same identity is another name of it. */
  readonly identity: string;
}

/**
 * Not to wait for somebody who writes into a pipe, and not to become the owner of a terminal. Windows knows neither,
 * and has no such files.
 */
const FLAGS = constants.O_RDONLY | flag("O_NONBLOCK") | flag("O_NOCTTY") | flag("O_NOFOLLOW");

/** A file that says it is empty may be endless: it is read in steps of this size. */
const STEP = 2 ** 16;

/**
 * The one way to read a file of the checkout. What it is tells the opened handle: between a look at the path and the
 * opening of it, somebody may put something else there.
 *
 * @param path Resolved: a link is not followed.
 */
export function readRegularFile(path: string, limit: number): Result<OpenedFile, ReadFault> {
  let handle: number | undefined;
  try {
    handle = openSync(path, FLAGS);
    const stat = fstatSync(handle, { bigint: true });
    if (!stat.isFile()) return failure({ kind: "not regular" });
    const size = Number(stat.size);
    if (size > limit) return failure({ kind: "too large", limit, size });
    const bytes = readUpTo(handle, size, limit);
    if (!bytes) return failure({ kind: "too large", limit, size: undefined });
    return success({ bytes, identity: identityOf(stat) });
  } catch (error) {
    return failure(faultOf(error));
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Reads what somebody typed, of whatever kind: a shell makes a pipe of `<(ip route)`, and somebody writes into it. */
export function readAnyFile(path: string, limit: number): Result<Buffer, ReadFault> {
  let handle: number | undefined;
  try {
    handle = openSync(path, constants.O_RDONLY | flag("O_NOCTTY"));
    const bytes = readUpTo(handle, 0, limit);
    return bytes ? success(bytes) : failure({ kind: "too large", limit, size: undefined });
  } catch (error) {
    return failure(faultOf(error));
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

export function identityOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}

/** What the system said of a path that could not be opened or looked at. */
export function faultOf(error: unknown): ReadFault {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { kind: "missing" };
    // A socket can't be opened at all, and neither can a device that has no driver.
    case "ENXIO":
    case "ENODEV":
    case "EISDIR":
      return { kind: "not regular" };
    default:
      return { kind: "unreadable", code };
  }
}

/** @returns undefined when there is more than the limit. */
function readUpTo(handle: number, size: number, limit: number): Buffer | undefined {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    // One byte more than it says, so that a file which is what it says takes two calls and no copy.
    const wanted = Math.min(length < size ? size - length + 1 : STEP, limit - length + 1);
    const part = Buffer.allocUnsafe(wanted);
    const read = readSync(handle, part, 0, wanted, null);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    length += read;
    if (length > limit) return undefined;
  }
  const [first = Buffer.alloc(0), ...others] = parts;
  return others.length === 0 ? first : Buffer.concat(parts, length);
}

function flag(name: "O_NONBLOCK" | "O_NOCTTY" | "O_NOFOLLOW"): number {
  const flags: Readonly<Record<string, number | undefined>> = constants;
  return flags[name] ?? 0;
}
