import { readdirSync, readFileSync, statSync } from "node:fs";

import { baseName, directoryOf } from "../compose/paths.js";

/** What the workspace asks of a disk. Paths are absolute, with `/`. */
export interface Disk {
  /** The text of a file, without a byte order mark, or undefined when it can't be read. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** Changes when the file does; undefined when there is no such file. */
  version(path: string): string | undefined;
  /** A number that stays the same as long as the answers above do. */
  turn(): number;
}

/**
 * The real disk. It is asked for the same thing at most once in each turn of the event loop: within a turn nobody
 * could tell an older answer from a newer one, and a run over a thousand files asks for the same policy a thousand
 * times.
 */
export function createDisk(): Disk {
  const versions = new Map<string, string | undefined>();
  const listings = new Map<string, ReadonlySet<string>>();
  let turn = 0;
  let forgets = false;
  function forgetAfterThisTurn(): void {
    if (forgets) return;
    forgets = true;
    setImmediate(() => {
      versions.clear();
      listings.clear();
      turn += 1;
      forgets = false;
    }).unref();
  }
  function listing(directory: string): ReadonlySet<string> {
    let names = listings.get(directory);
    if (!names) {
      forgetAfterThisTurn();
      names = namesIn(directory);
      listings.set(directory, names);
    }
    return names;
  }
  const disk: Disk = {
    read(path) {
      try {
        return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
      } catch {
        return undefined;
      }
    },
    // One listing answers for all the names that are looked for in a directory.
    exists: (path) => listing(directoryOf(path)).has(baseName(path)),
    version(path) {
      if (!disk.exists(path)) return undefined;
      if (versions.has(path)) return versions.get(path);
      forgetAfterThisTurn();
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      const version = stat?.isFile() === true ? `${stat.mtimeNs}:${stat.size}:${stat.ino}` : undefined;
      versions.set(path, version);
      return version;
    },
    turn() {
      forgetAfterThisTurn();
      return turn;
    },
  };
  return disk;
}

function namesIn(directory: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(directory));
  } catch {
    return new Set();
  }
}
