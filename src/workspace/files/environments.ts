import { parseEnvironmentFile, type Surroundings } from "../../compose/load/dotenv.js";
import { UNREAD_FILE, type Variables } from "../../compose/read/interpolate.js";
import { Budget, CHARACTERS_PER_UNIT, VARIABLES_PER_UNIT } from "./budget.js";
import type { Disk } from "./disk.js";

interface Known {
  readonly version: string;
  readonly variables: Variables;
  /** Asked for with each finding about a variable. */
  lines?: ReadonlyMap<string, number>;
}

/** The line on which each variable is set for the last time. */
function linesIn(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let [line, counted] = [1, 0];
  parseEnvironmentFile(text, {}, (name, offset) => {
    for (; counted < offset; counted += 1) if (text[counted] === "\n") line += 1;
    lines.set(name, line);
  });
  return lines;
}

/** Environment files, each read once for each version of it. The shell's own variables are none of a file's meaning. */
export class Environments {
  readonly #known = new Map<string, Known>();
  readonly #unread = new Map<string, Variables>();

  constructor(
    readonly disk: Disk,
    readonly budget = new Budget(),
  ) {}

  /**
   * @returns undefined when there is none, and unknown variables when there is one that can't be read. Without
   * surroundings, the same map as long as the file stays the same.
   */
  read(path: string, surroundings?: Surroundings): Variables | undefined {
    const known = this.#read(path);
    if (!known) return this.unread(path);
    if (!surroundings) return known.variables;
    // Its text is asked for again: of a thousand files, the variables alone are enough to keep.
    const text = this.#textOf(path);
    return text === undefined ? this.unread(path) : parseEnvironmentFile(text, surroundings);
  }

  get unreadFiles(): ReadonlySet<string> {
    return new Set([...this.#unread.keys()].filter((path) => this.#isUnread(path)));
  }

  /** The variables of a file that nobody may read. */
  unread(path: string): Variables | undefined {
    if (!this.#isUnread(path)) return undefined;
    const before = this.#unread.get(path) ?? new Map([[UNREAD_FILE, path]]);
    this.#unread.set(path, before);
    return before;
  }

  /** The line on which a file sets a variable: the last one counts. */
  lineOf(path: string, variable: string): number | undefined {
    const known = this.#read(path);
    if (!known?.variables.has(variable)) return undefined;
    known.lines ??= linesIn(this.#textOf(path) ?? "");
    return known.lines.get(variable);
  }

  #read(path: string): Known | undefined {
    const version = this.disk.version(path);
    if (version === undefined) return undefined;
    const before = this.#known.get(path);
    if (before?.version === version) return before;
    const kept = `variables of ${path}`;
    if (!this.budget.hasRoomFor(kept)) {
      this.budget.refuse(path);
      return undefined;
    }
    const text = this.#textOf(path);
    if (text === undefined) return undefined;
    const known: Known = { version, variables: parseEnvironmentFile(text) };
    this.budget.admit(path);
    this.budget.keep(kept, known.variables.size / VARIABLES_PER_UNIT + text.length / CHARACTERS_PER_UNIT);
    this.#known.set(path, known);
    return known;
  }

  /** It may be called anything, and it is read as a whole. */
  #textOf(path: string): string | undefined {
    return this.disk.read(path, "env");
  }

  #isUnread(path: string): boolean {
    return this.disk.faults().has(path) || this.budget.refused.has(path);
  }
}
