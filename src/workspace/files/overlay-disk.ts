import { baseName, directoryOf, isWithin } from "../../kit/paths.js";
import { success } from "../../kit/result.js";
import type { Disk } from "./disk.js";

/** The texts that somebody has open and has not saved yet. */
export class OpenTexts {
  readonly #texts = new Map<string, { readonly text: string; readonly version: string }>();
  #changes = 0;

  /** @param path Absolute, with `/`. */
  open(path: string, text: string): void {
    this.#changes += 1;
    this.#texts.set(path, { text, version: `open:${this.#changes}` });
  }

  /** From now on what lies on the disk counts. */
  close(path: string): void {
    if (this.#texts.delete(path)) this.#changes += 1;
  }

  get(path: string): { readonly text: string; readonly version: string } | undefined {
    return this.#texts.get(path);
  }

  paths(): Iterable<string> {
    return this.#texts.keys();
  }

  /** Grows with each change. */
  get changes(): number {
    return this.#changes;
  }
}

/**
 * A disk with the texts that an editor has open in place of those that are saved. A text that is open may lie where no
 * file is yet; where the disk below refuses a path, what is open there is not read either.
 */
export function overlayDisk(below: Disk, open: OpenTexts): Disk {
  let turn = { below: below.turn(), changes: open.changes, own: 0 };
  const openAt = (path: string): ReturnType<OpenTexts["get"]> => {
    const text = open.get(path);
    return text && below.refusal(directoryOf(path)) === undefined ? text : undefined;
  };
  return {
    ...below,
    read: (path, role) => openAt(path)?.text.replace(/^\uFEFF/, "") ?? below.read(path, role),
    readBytes(path, role) {
      const opened = openAt(path);
      return opened ? success(new TextEncoder().encode(opened.text)) : below.readBytes(path, role);
    },
    exists: (path) => openAt(path) !== undefined || below.exists(path),
    names(directory) {
      const unsaved = [...open.paths()].filter((path) => directoryOf(path) === directory && openAt(path));
      return unsaved.length === 0
        ? below.names(directory)
        : new Set([...below.names(directory), ...unsaved.map(baseName)]);
    },
    version: (path) => openAt(path)?.version ?? below.version(path),
    resolve(path) {
      const opened = openAt(path);
      const saved = below.resolve(path);
      if (!opened) return saved;
      return { real: path, identity: path, isLink: false, ...saved, version: opened.version };
    },
    filesBelow(directory, isIgnored) {
      const listing = below.filesBelow(directory, isIgnored);
      const known = new Set(listing.files);
      const unsaved = [...open.paths()].filter((path) => isWithin(path, directory) && !known.has(path) && openAt(path));
      // What git ignores is listed by nobody, whether it is open or not.
      return { ...listing, files: [...listing.files, ...unsaved.filter((path) => !below.exists(path))] };
    },
    turn() {
      const now = { below: below.turn(), changes: open.changes };
      if (now.below !== turn.below || now.changes !== turn.changes) turn = { ...now, own: turn.own + 1 };
      return turn.own;
    },
    within: (bounds) => overlayDisk(below.within(bounds), open),
  };
}
