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
