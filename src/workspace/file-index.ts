import { parseComposeFile, type ComposeFile, type ParsedComposeFile } from "../compose/compose-file.js";
import type { Disk } from "./disk.js";

interface Indexed {
  readonly version: string | undefined;
  readonly parsed: ParsedComposeFile;
}

/** The compose files that were read for the sake of another one: each is parsed once for each version of it. */
export class FileIndex {
  readonly #files = new Map<string, Indexed>();

  constructor(readonly disk: Disk) {}

  /** The file as it lies on the disk, or undefined when it is not there or no YAML. */
  load(path: string): ComposeFile | undefined {
    const version = this.disk.version(path);
    const known = this.#files.get(path);
    if (known && known.version === version) return known.parsed.ok ? known.parsed.file : undefined;
    const text = version === undefined ? undefined : this.disk.read(path);
    if (text === undefined) {
      this.#files.delete(path);
      return undefined;
    }
    const parsed = parseComposeFile(path, text);
    this.#files.set(path, { version, parsed });
    return parsed.ok ? parsed.file : undefined;
  }

  /** Parses a text, unless the file with exactly this text is known already. */
  parse(path: string, text: string): ParsedComposeFile {
    const known = this.#files.get(path)?.parsed;
    if (known && (known.ok ? known.file.source : known.source).text === text) return known;
    return parseComposeFile(path, text);
  }
}
