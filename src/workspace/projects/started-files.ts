import { directoryOf, isWithin } from "../../kit/paths.js";
import { isComposeFileName } from "../files/compose-names.js";
import type { Disk } from "../files/disk.js";
import type { Environments } from "../files/environments.js";
import { filesNamedBy } from "./project-set.js";

/**
 * Files that only a `.env` file makes compose files: `COMPOSE_FILE` there names none that a name tells. Of each such
 * project one file is found, and the others are reached from it. It is for one listing: each folder is asked once.
 */
export class StartedFiles {
  readonly #starts = new Map<string, string | undefined>();

  constructor(
    readonly disk: Pick<Disk, "exists" | "quietly">,
    readonly environments: Pick<Environments, "read">,
    /** Of the work tree: nothing above it is asked. */
    readonly top: string,
  ) {}

  has(path: string): boolean {
    let folder = directoryOf(path);
    while (isWithin(folder, this.top)) {
      if (this.#startOf(folder) === path) return true;
      if (folder === this.top) return false;
      folder = directoryOf(folder);
    }
    return false;
  }

  #startOf(folder: string): string | undefined {
    if (!this.#starts.has(folder)) {
      this.#starts.set(
        folder,
        this.disk.quietly(() => this.#lookIn(folder)),
      );
    }
    return this.#starts.get(folder);
  }

  #lookIn(folder: string): string | undefined {
    const environment = `${folder}/.env`;
    if (!this.disk.exists(environment)) return undefined;
    const variables = this.environments.read(environment);
    const named = (variables && filesNamedBy(variables, folder)) ?? [];
    if (named.some((path) => isComposeFileName(path))) return undefined;
    return named.find((path) => isWithin(path, folder) && /\.ya?ml$/.test(path) && this.disk.exists(path));
  }
}
