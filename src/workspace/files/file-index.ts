import { parseComposeFile, type ComposeFile, type ParsedComposeFile } from "../../compose/read/compose-file.js";
import { asMap, type Value } from "../../compose/read/value.js";
import type { Source } from "../../kit/source.js";
import { Budget, CHARACTERS_PER_UNIT, VALUES_PER_UNIT } from "./budget.js";
import type { Disk, DiskBounds } from "./disk.js";
import type { ReadFault } from "./read-fault.js";

interface Indexed {
  readonly version: string | undefined;
  readonly parsed: ParsedComposeFile;
}

/** What was parsed, whoever may read it. */
interface Texts {
  readonly files: Map<string, Indexed>;
  /** Texts that came from ESLint before the disk was asked for them, the last one of each path. */
  readonly handedIn: Map<string, ParsedComposeFile>;
  /** Those that nobody has parsed yet. */
  readonly unparsed: Map<string, { readonly version: string; readonly text: string }>;
}

/** The compose files of a workspace: each text is parsed once, whoever asks for it first. */
export class FileIndex {
  readonly #files: Texts["files"];
  readonly #handedIn: Texts["handedIn"];

  constructor(
    readonly disk: Disk,
    readonly budget = new Budget(),
    readonly texts: Texts = { files: new Map(), handedIn: new Map(), unparsed: new Map() },
  ) {
    this.#files = texts.files;
    this.#handedIn = texts.handedIn;
  }

  /** The same texts, for a workspace of which nothing leads out. */
  within(bounds: DiskBounds): FileIndex {
    return new FileIndex(this.disk.within(bounds), this.budget, this.texts);
  }

  /** The text on the disk, for whoever does not know yet whether it is worth parsing; empty where it can't be read. */
  textOf(path: string): string {
    const version = this.disk.version(path);
    const known = this.#files.get(path);
    return known && known.version === version ? sourceOf(known.parsed).text : (this.#textOf(path, version) ?? "");
  }

  #textOf(path: string, version: string | undefined): string | undefined {
    const { unparsed } = this.texts;
    const before = unparsed.get(path);
    if (before && before.version === version) return before.text;
    const text = version === undefined ? undefined : this.disk.read(path);
    if (text === undefined || version === undefined) unparsed.delete(path);
    else if (this.budget.hasRoomFor(textAt(path))) {
      this.budget.keep(textAt(path), text.length / CHARACTERS_PER_UNIT);
      unparsed.set(path, { version, text });
    }
    return text;
  }

  /** What is there and was not read. */
  get faults(): ReadonlyMap<string, ReadFault> {
    const beyond = [...this.budget.refused].map((path): [string, ReadFault] => [path, { kind: "no room" }]);
    return new Map([...beyond, ...this.disk.faults()]);
  }

  /** Whether a file is parsed already, or may be. */
  hasRoomFor(path: string): boolean {
    if (this.budget.hasRoomFor(path)) {
      this.budget.admit(path);
      return true;
    }
    if (this.disk.version(path) !== undefined) this.budget.refuse(path);
    return false;
  }

  /** The file as it lies on the disk, or undefined when it is not there, no YAML, or more than there is room for. */
  load(path: string): ComposeFile | undefined {
    const version = this.disk.version(path);
    const known = this.#files.get(path);
    if (known && known.version === version) return known.parsed.ok ? known.parsed.file : undefined;
    const text = this.hasRoomFor(path) ? this.#textOf(path, version) : undefined;
    this.#forgetText(path);
    if (text === undefined) {
      this.#files.delete(path);
      if (!this.#handedIn.has(path)) this.budget.forget(path);
      return undefined;
    }
    const parsed = this.#known(path, text) ?? parseComposeFile(path, text);
    this.#handedIn.delete(path);
    this.#files.set(path, { version, parsed });
    this.budget.keep(path, unitsOf(parsed));
    return parsed.ok ? parsed.file : undefined;
  }

  /** Parses a text, unless the file with exactly this text is known already. */
  parse(path: string, text: string): ParsedComposeFile {
    const known = this.#known(path, text);
    if (known) return known;
    const parsed = parseComposeFile(path, text);
    this.#forgetText(path);
    if (this.budget.hasRoomFor(path)) {
      this.#handedIn.set(path, parsed);
      this.budget.keep(path, unitsOf(parsed));
    }
    return parsed;
  }

  #forgetText(path: string): void {
    this.texts.unparsed.delete(path);
    this.budget.forget(textAt(path));
  }

  #known(path: string, text: string): ParsedComposeFile | undefined {
    return [this.#files.get(path)?.parsed, this.#handedIn.get(path)].find(
      (parsed) => parsed && sourceOf(parsed).text === text,
    );
  }
}

/** As a budget knows it. */
function textAt(path: string): string {
  return `text of ${path}`;
}

function unitsOf(parsed: ParsedComposeFile): number {
  const values = parsed.ok ? parsed.file.documents.reduce((sum, { root }) => sum + countValues(root), 0) : 0;
  return values / VALUES_PER_UNIT + sourceOf(parsed).text.length / CHARACTERS_PER_UNIT;
}

function countValues(value: Value): number {
  const below =
    value.kind === "list" ? value.items : [...(asMap(value)?.entries.values() ?? [])].map((entry) => entry.value);
  return below.reduce((sum, item) => sum + countValues(item), 1);
}

function sourceOf(parsed: ParsedComposeFile): Source {
  return parsed.ok ? parsed.file.source : parsed.source;
}
