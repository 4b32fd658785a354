import { directoryOf, isWithin } from "../kit/paths.js";
import { findPolicyFile, policyFilesIn } from "../policy/find-policy-file.js";
import type { Disk } from "./files/disk.js";

/**
 * Which forbidden-ranges file holds for a compose file. It depends on where that file lies, and not on where somebody
 * works.
 */
export class PolicyLookup {
  readonly #beyond = new Map<string, string | undefined>();
  #turn = -1;

  constructor(
    readonly disk: Disk,
    readonly cwd: string,
  ) {}

  /**
   * The nearest one upwards: to the top of the git work tree, or to the root of the disk where there is none. A file
   * elsewhere without one is under that of the working directory.
   */
  nearest(composeFile: string): string | undefined {
    const exists = (path: string): boolean => this.disk.exists(path);
    const top = this.topOf(composeFile);
    const found = findPolicyFile(composeFile, top, exists) ?? this.#above(top);
    if (found !== undefined || isWithin(composeFile, this.disk.topOf(this.cwd))) return found;
    return this.nearest(`${this.cwd}/compose.yaml`);
  }

  /** The one that would hold if a policy file were not there. */
  above(policyFile: string): string | undefined {
    const top = this.topOf(policyFile);
    const folder = directoryOf(policyFile);
    if (folder === top || !isWithin(folder, top)) return this.#above(folder);
    return findPolicyFile(folder, top, (path) => this.disk.exists(path)) ?? this.#above(top);
  }

  /** The folder beyond which nothing belongs to the same work. */
  topOf(file: string): string {
    return this.disk.topOf(directoryOf(file));
  }

  /** Up to where the policy of a file is looked for. */
  endOf(file: string): string {
    const top = this.topOf(file);
    return this.disk.isWorkTree(top) ? top : "/";
  }

  /** Outside git, one of the user's own counts that lies above. Anybody may put a file into a folder like `/tmp`. */
  #above(folder: string): string | undefined {
    if (this.disk.isWorkTree(folder)) return undefined;
    const turn = this.disk.turn();
    if (turn !== this.#turn) this.#beyond.clear();
    this.#turn = turn;
    const parent = directoryOf(folder);
    if (parent === folder) return undefined;
    if (!this.#beyond.has(parent)) {
      const own = policyFilesIn(parent).find((path) => this.disk.isOfUser(path));
      this.#beyond.set(parent, own ?? this.#above(parent));
    }
    return this.#beyond.get(parent);
  }
}
