import { directoryOf, baseName } from "../../kit/paths.js";
import { failure, type Result } from "../../kit/result.js";
import { Boundary, type Bounds } from "./boundary.js";
import { limitFor, roleOf, type FileRole } from "./file-limits.js";
import { createFileSystem, type FileSystem, type ResolvedFile } from "./file-system.js";
import type { ReadFault } from "./read-fault.js";

/** What the workspace asks of a disk. Paths are absolute, with `/`. */
export interface Disk {
  /** The text of a file, without a byte order mark, or undefined when it can't be read. */
  read(path: string, role?: FileRole): string | undefined;
  /** The file as it is, for whoever writes it back. */
  readBytes(path: string, role?: FileRole): Result<Buffer, ReadFault>;
  exists(path: string): boolean;
  /** The names in a directory. */
  names(directory: string): ReadonlySet<string>;
  /** Changes when the file does; undefined when there is no such file. */
  version(path: string): string | undefined;
  /** The file that a path leads to, whatever links are on the way; undefined when it can't be read. */
  resolve(path: string): ResolvedFile | undefined;
  /** The top of the workspace that a directory belongs to. */
  topOf(directory: string): string;
  /** Whether one file may bring in another one, as `include` and `extends` do. */
  reaches(asking: string, path: string): boolean;
  /** A number that stays the same as long as the answers above do. */
  turn(): number;
  /** Why nothing below a directory may be read; undefined when it may. */
  refusal(directory: string): ReadFault | undefined;
  /** What was asked for, is there, and was not read. */
  faults(): ReadonlyMap<string, ReadFault>;
  /** The same disk for a workspace, in which nothing leads out of it. */
  within(bounds: DiskBounds): Disk;
}

export interface DiskBounds extends Bounds {
  /** Bytes; longer files are read too, up to this many. */
  readonly maxFileSize?: number | undefined;
}

export function createDisk(system: FileSystem = createFileSystem(), bounds?: DiskBounds): Disk {
  const boundary = bounds && new Boundary(bounds, system);
  const faults = new Map<string, ReadFault>();

  function note<Value>(path: string, result: Result<Value, ReadFault>): Result<Value, ReadFault> {
    if (result.ok || result.fault.kind === "missing") faults.delete(path);
    else faults.set(path, result.fault);
    return result;
  }

  function judged(path: string): Result<ResolvedFile, ReadFault> {
    const file = system.resolve(path);
    const refusal = file.ok ? boundary?.refusal(path, file.value) : undefined;
    return refusal ? failure(refusal) : file;
  }

  function bytesOf(path: string, role: FileRole): Result<Buffer, ReadFault> {
    const file = judged(path);
    return note(path, file.ok ? system.open(file.value, limitFor(role, bounds?.maxFileSize)) : file);
  }

  function listed(directory: string): ReadonlySet<string> {
    const names = system.names(directory);
    if (names.ok) return names.value;
    // Compose would find files there, and nobody knows which.
    note(directory, names);
    return NOTHING;
  }

  return {
    read(path, role = roleOf(path)) {
      const bytes = bytesOf(path, role);
      return bytes.ok ? bytes.value.toString("utf8").replace(/^\uFEFF/, "") : undefined;
    },
    readBytes: (path, role = roleOf(path)) => bytesOf(path, role),
    // One listing answers for all the names that are looked for in a directory.
    exists: (path) => listed(directoryOf(path)).has(baseName(path)),
    names: listed,
    version(path) {
      if (!listed(directoryOf(path)).has(baseName(path))) return undefined;
      const file = judged(path);
      // A file that is too long or closed turns out to be so only when it is opened.
      if (!file.ok) note(path, file);
      return file.ok ? file.value.version : undefined;
    },
    resolve(path) {
      const file = judged(path);
      if (!file.ok) note(path, file);
      return file.ok ? file.value : undefined;
    },
    topOf: (directory) => boundary?.topOf(directory) ?? directory,
    reaches(asking, path) {
      const refusal = boundary?.refusalBetween(asking, path);
      // What is not there is nobody's loss.
      const there = refusal && system.resolve(path);
      if (refusal && there && (there.ok || there.fault.kind !== "missing")) faults.set(path, refusal);
      return refusal === undefined;
    },
    refusal(directory) {
      const real = system.realDirectory(directory);
      return real.ok ? boundary?.refusal(`${directory}/any`, { real: `${real.value}/any`, isLink: false }) : undefined;
    },
    turn: () => system.turn(),
    faults: () => faults,
    within: (inner) => createDisk(system, inner),
  };
}

const NOTHING: ReadonlySet<string> = new Set();
