import type { ComposeFile } from "../../compose/read/compose-file.js";
import type { Model } from "../../compose/load/loader.js";
import { buildProject, type Project } from "../../compose/project/project.js";
import type { ProjectSet } from "./project-set.js";
import { firstLineOf } from "./shown-place.js";

/**
 * What stands for a project that there is no room for: nothing is known of it, and its file says so.
 *
 * @param file The one that is being looked at.
 */
export function projectBeyondBudget(set: ProjectSet, file: ComposeFile | undefined): Project {
  const files = file ? [file] : [];
  const model: Model = {
    root: undefined,
    main: files,
    isPartial: true,
    files,
    included: [],
    broughtIn: new Map(),
    refusals: [],
    limits: files.map(({ source }) => ({
      message: "the files before this one have as many networks and services as one check keeps in memory",
      advice: 'Name large generated files in "ignore:" of the policy file.',
      place: firstLineOf(source),
    })),
    poolMerges: [],
  };
  return buildProject({ ...set, model, variables: new Map() });
}

/** How much of a budget a project takes. */
export function unitsOfProject({ services, networks }: Project): number {
  return services.reduce((sum, { attachments }) => sum + 1 + attachments.length, networks.length);
}
