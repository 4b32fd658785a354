import { directoryOf, isWithin, joinPath } from "../compose/paths.js";
import { isLeftOut } from "../policy/ignored.js";
import type { Policy } from "../policy/policy.js";
import { relativePath } from "./paths.js";

interface Surroundings {
  readonly cwd: string;
  readonly turn: () => number;
  /** The policy that holds for a file or folder. It looks into the folder that holds it. */
  readonly policyFor: (path: string) => Policy | undefined;
}

/**
 * What policies leave out by `ignore`. The nearest policy decides, but none in a folder that is left out is looked at:
 * such a folder may be closed.
 */
export class IgnoredFiles {
  readonly #folders = new Map<string, boolean>();
  #turn = -1;

  constructor(readonly surroundings: Surroundings) {}

  /** @param path Of a file or folder, absolute. */
  has(path: string): boolean {
    const { cwd, policyFor } = this.surroundings;
    if (path === cwd) return false;
    const parent = directoryOf(path);
    if (parent !== cwd && isWithin(parent, cwd) && this.#hasFolder(parent)) return true;
    const policy = policyFor(path);
    // A policy that left out itself would leave out nothing.
    if (!policy || policy.ignore.length === 0 || policy.file === path) return false;
    return isLeftOut(policy, relativePath(directoryOf(policy.file), path));
  }

  /** Whether to ask for each folder below a directory. Policies further down are met with their files. */
  maybeBelow(directory: string): boolean {
    return (this.surroundings.policyFor(joinPath(directory, "compose.yaml"))?.ignore ?? []).length > 0;
  }

  #hasFolder(directory: string): boolean {
    const turn = this.surroundings.turn();
    if (turn !== this.#turn) this.#folders.clear();
    this.#turn = turn;
    const known = this.#folders.get(directory) ?? this.has(directory);
    this.#folders.set(directory, known);
    return known;
  }
}
