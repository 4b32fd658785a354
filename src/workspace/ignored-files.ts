import { directoryOf, isAbsolutePath, isWithin, joinPath, normalizePath } from "../kit/paths.js";
import { isLeftOut } from "../policy/ignored.js";
import type { RootedPolicy } from "./projects/declarations.js";
import { relativePath } from "./files/paths.js";
import type { WorkspaceOptions } from "./workspace-options.js";

interface Surroundings {
  /** The top of the work tree that holds a file or folder. */
  readonly topOf: (path: string) => string;
  readonly turn: () => number;
  /** The policy that holds for a file or folder. It looks into the folder that holds it. */
  readonly policyFor: (path: string) => RootedPolicy | undefined;
  /** Whether somebody who started the run leaves out a file or folder; undefined if they leave out nothing. */
  readonly excludes?: ((path: string) => boolean) | undefined;
}

/** What leaves out a file or folder: `ignore` of a policy file, or `--exclude`. */
export type Ignorer = { readonly kind: "policy"; readonly file: string } | { readonly kind: "command line" };

/** @returns what the globs of a run leave out: a folder stands for all that is in it. */
export function excluderFrom({
  cwd,
  exclude = [],
}: Pick<WorkspaceOptions, "cwd" | "exclude">): ((path: string) => boolean) | undefined {
  if (exclude.length === 0) return undefined;
  const globs = exclude.map((glob) => normalizePath(glob).replace(/\/+$/, ""));
  const absolute = { ignore: globs.filter(isAbsolutePath) };
  const relative = { ignore: globs.filter((glob) => !isAbsolutePath(glob)) };
  return (path) => isLeftOut(absolute, path) || isLeftOut(relative, relativePath(cwd, path));
}

/**
 * What policies leave out by `ignore`. The nearest policy decides, but none in a folder that is left out is looked at:
 * such a folder may be closed.
 */
export class IgnoredFiles {
  readonly #folders = new Map<string, string | undefined>();
  #turn = -1;

  constructor(readonly surroundings: Surroundings) {}

  has(path: string): boolean {
    return this.by(path) !== undefined;
  }

  /**
   * What leaves out a file or folder.
   *
   * @param path Absolute.
   */
  by(path: string): Ignorer | undefined {
    if (this.surroundings.excludes?.(path) === true) return { kind: "command line" };
    const file = this.#policyFileFor(path);
    return file === undefined ? undefined : { kind: "policy", file };
  }

  #policyFileFor(path: string): string | undefined {
    const { topOf, policyFor } = this.surroundings;
    const top = topOf(path);
    if (path === top) return undefined;
    const parent = directoryOf(path);
    const above = parent !== top && isWithin(parent, top) ? this.#byOfFolder(parent) : undefined;
    if (above !== undefined) return above;
    const rooted = policyFor(path);
    if (!rooted) return undefined;
    const { policy, root } = rooted;
    // A policy that left out itself would leave out nothing.
    if (policy.ignore.length === 0 || policy.file === path) return undefined;
    return isLeftOut(policy, relativePath(root, path)) ? policy.file : undefined;
  }

  /** Whether to ask for each folder below a directory. Policies further down are met with their files. */
  maybeBelow(directory: string): boolean {
    const { excludes, policyFor } = this.surroundings;
    return excludes !== undefined || (policyFor(joinPath(directory, "compose.yaml"))?.policy.ignore ?? []).length > 0;
  }

  #byOfFolder(directory: string): string | undefined {
    const turn = this.surroundings.turn();
    if (turn !== this.#turn) this.#folders.clear();
    this.#turn = turn;
    if (this.#folders.has(directory)) return this.#folders.get(directory);
    const by = this.#policyFileFor(directory);
    this.#folders.set(directory, by);
    return by;
  }
}
