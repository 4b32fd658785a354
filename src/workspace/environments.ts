import { parseEnvironmentFile, type Surroundings } from "../compose/environment.js";
import type { Variables } from "../compose/interpolate.js";
import type { Disk } from "./disk.js";

interface Known {
  readonly version: string;
  readonly text: string;
  readonly variables: Variables;
}

/** Environment files, each read once for each version of it. The shell's own variables are none of a file's meaning. */
export class Environments {
  readonly #known = new Map<string, Known>();

  constructor(readonly disk: Disk) {}

  /**
   * @returns undefined when there is none. Without surroundings, the same map as long as the file stays the same.
   */
  read(path: string, surroundings?: Surroundings): Variables | undefined {
    const known = this.#read(path);
    return known && surroundings ? parseEnvironmentFile(known.text, surroundings) : known?.variables;
  }

  /** The line on which a file sets a variable: the last one counts. */
  lineOf(path: string, variable: string): number | undefined {
    const known = this.#read(path);
    if (!known?.variables.has(variable)) return undefined;
    const offsets: number[] = [];
    parseEnvironmentFile(known.text, {}, (name, offset) => {
      if (name === variable) offsets.push(offset);
    });
    return known.text.slice(0, offsets.at(-1)).split("\n").length;
  }

  #read(path: string): Known | undefined {
    const version = this.disk.version(path);
    if (version === undefined) return undefined;
    const before = this.#known.get(path);
    if (before?.version === version) return before;
    const text = this.disk.read(path) ?? "";
    const known = { version, text, variables: parseEnvironmentFile(text) };
    this.#known.set(path, known);
    return known;
  }
}
