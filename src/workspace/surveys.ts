import { addTo } from "../kit/group.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Project } from "../compose/project/project.js";
import type { FileIndex } from "./files/file-index.js";
import { rateLimited } from "./rate-limit.js";
import type { PolicyReading, ScopedPolicy } from "./scoped-policy.js";

/** The compose files that one policy holds for, or none: what lies outside has subnets of its own. */
export interface Territory {
  readonly root: string;
  readonly scoped: ScopedPolicy | undefined;
}

/** The projects of a territory by the paths of their files. Two files may belong to one project, and one to several. */
export type Survey = ReadonlyMap<string, readonly Project[]>;

export interface Surroundings {
  projectsOf(file: ComposeFile): readonly Project[];
  policyFor(path: string): PolicyReading;
  composeFilesBelow(directory: string): readonly string[];
}

/**
 * Looks at every compose file of a territory, so that what is said of one file is the same whether it is linted alone or
 * with all the others.
 */
export class SurveyBook {
  readonly #surveys = new WeakMap<ScopedPolicy, () => Survey>();
  /** Of files that no policy holds for, by the top of their work tree. */
  readonly #surveysWithout = new Map<string, () => Survey>();
  readonly #includers = new WeakMap<Survey, Map<string, Project[]>>();

  constructor(
    readonly index: FileIndex,
    readonly surroundings: Surroundings,
  ) {}

  /** @returns the same map as long as the projects stay the same. */
  survey(territory: Territory): Survey {
    const { scoped, root } = territory;
    let look = scoped ? this.#surveys.get(scoped) : this.#surveysWithout.get(root);
    if (!look) {
      look = this.#surveyor(territory);
      if (scoped) this.#surveys.set(scoped, look);
      else this.#surveysWithout.set(root, look);
    }
    return look();
  }

  /** The projects that include a file, each once. */
  includers(path: string, territory: Territory): readonly Project[] {
    const survey = this.survey(territory);
    let includers = this.#includers.get(survey);
    if (!includers) {
      includers = new Map();
      for (const project of new Set([...survey.values()].flat())) {
        for (const { source } of project.included) {
          addTo(includers, source.path, project);
        }
      }
      this.#includers.set(survey, includers);
    }
    return includers.get(path) ?? NOBODY;
  }

  #surveyor({ root, scoped }: Territory): () => Survey {
    const list = rateLimited(() => this.surroundings.composeFilesBelow(scoped?.below ?? root));
    let last: Survey = new Map();
    return rateLimited(() => {
      const projects = new Map<string, readonly Project[]>();
      for (const path of list()) {
        const file = this.index.load(path);
        if (file && this.#sharesPolicy(path, scoped)) projects.set(path, this.surroundings.projectsOf(file));
      }
      if (!sameProjects(last, projects)) last = projects;
      return last;
    });
  }

  /** A policy further down has pools of its own. */
  #sharesPolicy(path: string, scoped: ScopedPolicy | undefined): boolean {
    const reading = this.surroundings.policyFor(path);
    return reading.kind === "policy"
      ? reading.scoped.policy.file === scoped?.policy.file
      : reading.kind === "none" && scoped === undefined;
  }
}

const NOBODY: readonly Project[] = [];

function sameProjects(left: Survey, right: Survey): boolean {
  return left.size === right.size && [...left].every(([path, projects]) => sameItems(projects, right.get(path)));
}

export function sameItems<Item>(left: readonly Item[], right: readonly Item[] = []): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
