import { parseEnvironmentFile } from "../compose/environment.js";
import type { Variables } from "../compose/interpolate.js";
import type { Disk } from "./disk.js";

/** Environment files, each read once for each version of it. The shell's own variables are none of a file's meaning. */
export class Environments {
  readonly #known = new Map<string, { readonly version: string; readonly variables: Variables }>();

  constructor(readonly disk: Disk) {}

  /** @returns the same map as long as the file stays the same, and undefined when there is none. */
  read(path: string): Variables | undefined {
    const version = this.disk.version(path);
    if (version === undefined) return undefined;
    const known = this.#known.get(path);
    if (known?.version === version) return known.variables;
    const variables = parseEnvironmentFile(this.disk.read(path) ?? "");
    this.#known.set(path, { version, variables });
    return variables;
  }
}
