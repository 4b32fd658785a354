import type { Disk } from "../../workspace/files/disk.js";
import type { ComposeText } from "./compose-text.js";

export interface FixedFile {
  readonly path: string;
  readonly name: string;
  readonly before: ComposeText;
  readonly after: string;
}

/**
 * What fixes make of texts. A file may be met under several names, since links lead to it: the fix of one name is there
 * when the next one is looked at, and the text is written once.
 *
 * Names of one inode are texts of their own: they come apart when one of them is written.
 */
export class FixedTexts {
  /** By the real path. */
  readonly #files = new Map<string, FixedFile>();

  constructor(readonly disk: Pick<Disk, "resolve">) {}

  /** The text as it is after the fixes of its other names. */
  textOf(path: string, { text }: ComposeText): string {
    return this.#files.get(this.#realPathOf(path))?.after ?? text;
  }

  add(file: FixedFile): void {
    const real = this.#realPathOf(file.path);
    const known = this.#files.get(real);
    this.#files.set(real, known ? { ...known, after: file.after } : file);
  }

  all(): readonly FixedFile[] {
    return [...this.#files.values()];
  }

  /** A text from standard input may be of a file that is not there. */
  #realPathOf(path: string): string {
    return this.disk.resolve(path)?.real ?? path;
  }
}
