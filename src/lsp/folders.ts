import { directoryOf, isWithin } from "../kit/paths.js";

/** The folders that an editor works in, each a workspace of its own. Absolute, with `/`. */
export class Folders {
  #all: readonly string[] = [];

  set(folders: readonly string[]): void {
    this.#all = [...new Set(folders)];
  }

  change(added: readonly string[], removed: readonly string[]): void {
    this.set([...this.#all.filter((folder) => !removed.includes(folder)), ...added]);
  }

  /** The innermost folder that holds a file. A file that lies in none is looked at from its own directory. */
  of(path: string): string {
    const holders = this.#all.filter((folder) => isWithin(path, folder));
    return holders.reduce<string | undefined>(innermost, undefined) ?? directoryOf(path);
  }

  has(path: string): boolean {
    return this.#all.some((folder) => isWithin(path, folder));
  }
}

function innermost(before: string | undefined, folder: string): string {
  return before !== undefined && before.length >= folder.length ? before : folder;
}
