import { isUtf8 } from "node:buffer";

import { directoryOf, baseName } from "../../kit/paths.js";
import { failure, type Result } from "../../kit/result.js";
import { Boundary } from "./boundary.js";
import type { Disk, DiskBounds, ResolvedFile } from "./disk.js";
import { isOfUser } from "./users.js";
import { limitFor, roleOf, type FileRole } from "./file-limits.js";
import { createFileSystem, type FileSystem } from "./file-system.js";
import { listFiles } from "./list-files.js";
import type { ReadFault } from "./read-fault.js";

/** The disk of this machine. */
export interface NodeDisk extends Disk {
  readBytes(path: string, role?: FileRole): Result<Buffer, ReadFault>;
  within(bounds: DiskBounds): NodeDisk;
}

export function createDisk(system: FileSystem = createFileSystem(), bounds?: DiskBounds): NodeDisk {
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
      // To Compose it is no YAML. Of a list or an environment file, the other lines count.
      if (bytes.ok && role === "yaml" && !isUtf8(bytes.value)) {
        note(path, failure({ kind: "not UTF-8" }));
        return undefined;
      }
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
    isWorkTree: (directory) => boundary?.isWorkTree(directory) ?? false,
    isOfUser,
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
    quietly(look) {
      const before = [...faults];
      try {
        return look();
      } finally {
        faults.clear();
        for (const [path, fault] of before) faults.set(path, fault);
      }
    },
    filesBelow: listFiles,
    within: (inner) => createDisk(system, inner),
  };
}

const NOTHING: ReadonlySet<string> = new Set();
