import { readFileSync, statSync } from "node:fs";

/** What the workspace asks of a disk. Paths are absolute, with `/`. */
export interface Disk {
  /** The text of a file, without a byte order mark, or undefined when it can't be read. */
  read(path: string): string | undefined;
  /** Changes when the file does; undefined when there is no such file. */
  version(path: string): string | undefined;
}

/**
 * The real disk. It is asked for a file's version at most once in each turn of the event loop: within a turn nobody
 * could tell an older answer from a newer one, and a run over a thousand files asks for the same policy a thousand
 * times.
 */
export function createDisk(): Disk {
  const versions = new Map<string, string | undefined>();
  return {
    read(path) {
      try {
        return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
      } catch {
        return undefined;
      }
    },
    version(path) {
      if (versions.has(path)) return versions.get(path);
      if (versions.size === 0) setImmediate(() => versions.clear()).unref();
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      const version = stat?.isFile() === true ? `${stat.mtimeNs}:${stat.size}:${stat.ino}` : undefined;
      versions.set(path, version);
      return version;
    },
  };
}
