import type { ParsedComposeFile } from "../compose/read/compose-file.js";
import type { RuleCatalogue } from "../policy/entries/rule-entries.js";
import { Budget } from "./files/budget.js";
import type { Disk } from "./files/disk.js";
import { FileIndex } from "./files/file-index.js";
import { Workspace } from "./workspace.js";
import type { WorkspaceOptions } from "./workspace-options.js";

/**
 * One index of texts, and one workspace for each set of options. A host makes one for its process (a worker thread is
 * one of its own): ESLint makes rules anew for every file, and an editor lints the same file again and again.
 */
export class Workspaces {
  readonly #index: FileIndex;
  readonly #workspaces = new Map<string, Workspace>();

  /**
   * @param disk Whose files they are: the host knows.
   * @param rules Those that a policy file may name.
   */
  constructor(
    disk: Disk,
    readonly rules: RuleCatalogue,
    budget = new Budget(),
  ) {
    this.#index = new FileIndex(disk, budget);
  }

  /** @param options The first to ask for a workspace says how it lists files. */
  readonly workspaceFor = (options: WorkspaceOptions): Workspace => {
    const {
      cwd,
      ranges,
      id,
      today,
      compose,
      variables,
      profiles,
      allowOutside,
      named,
      maxFileSize,
      exclude,
      tellsPolicyFaults,
    } = options;
    const bounds = [allowOutside, named, maxFileSize, exclude];
    const key = JSON.stringify([
      cwd,
      ranges,
      id,
      today,
      compose,
      [...(variables ?? [])],
      profiles,
      bounds,
      tellsPolicyFaults,
    ]);
    let workspace = this.#workspaces.get(key);
    if (!workspace) {
      workspace = new Workspace(options, this.#index, this.rules);
      this.#workspaces.set(key, workspace);
    }
    return workspace;
  };

  /** @param path Absolute, with `/`. */
  readonly parse = (path: string, text: string): ParsedComposeFile => this.#index.parse(path, text);
}
