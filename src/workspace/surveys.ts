import { addTo } from "../kit/group.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Project } from "../compose/project/project.js";
import type { FileIndex } from "./files/file-index.js";
import { rateLimited } from "./rate-limit.js";
import type { PolicyReading, ScopedPolicy } from "./scoped-policy.js";
import type { Territory } from "./territory.js";

/** The projects of a territory by the paths of their files. Two files may belong to one project, and one to several. */
export type Survey = ReadonlyMap<string, readonly Project[]>;

export interface Surroundings {
  projectsOf(file: ComposeFile): readonly Project[];
  policyFor(path: string): PolicyReading;
  composeFilesBelow(directory: string): readonly string[];
  /** The top of the work tree that holds a directory. */
  topOf(directory: string): string;
}

/**
 * Looks at every compose file of a territory, so that what is said of one file is the same whether it is linted alone or
 * with all the others.
 */
export class SurveyBook {
  #surveys = new WeakMap<ScopedPolicy, () => Survey>();
  /** Of files that no policy holds for, by the top of their work tree. */
  readonly #surveysWithout = new Map<string, () => Survey>();
  readonly #lists = new Map<string, () => readonly string[]>();
  /** By the top of the work tree. */
  readonly #everything = new Map<string, () => Survey>();
  readonly #includers = new WeakMap<Survey, Map<string, Project[]>>();

  constructor(
    readonly index: FileIndex,
    readonly surroundings: Surroundings,
  ) {}

  /** Whoever has written files does not wait until it is time for another look. */
  lookAgain(): void {
    this.#surveys = new WeakMap();
    this.#surveysWithout.clear();
    this.#everything.clear();
    this.#lists.clear();
  }

  /** @returns the same map as long as the projects stay the same. */
  survey(territory: Territory): Survey {
    const { scoped, root } = territory;
    let look = scoped ? this.#surveys.get(scoped) : this.#surveysWithout.get(root);
    if (!look) {
      const isMeant = (path: string): boolean => this.#sharesPolicy(path, scoped);
      look = this.#surveyor(scoped?.below ?? root, isMeant);
      if (scoped) this.#surveys.set(scoped, look);
      else this.#surveysWithout.set(root, look);
    }
    return look();
  }

  /** The projects of every compose file in the work tree that holds a directory, whichever policy holds for it. */
  everythingAround(directory: string): Survey {
    const top = this.surroundings.topOf(directory);
    const look = this.#everything.get(top) ?? this.#surveyor(top, () => true);
    this.#everything.set(top, look);
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

  #surveyor(directory: string, isMeant: (path: string) => boolean): () => Survey {
    const turn = (): number => this.index.disk.turn();
    const list = this.#lists.get(directory) ?? rateLimited(() => this.surroundings.composeFilesBelow(directory), turn);
    this.#lists.set(directory, list);
    let last: Survey = new Map();
    return rateLimited(() => {
      const projects = new Map<string, readonly Project[]>();
      for (const path of list()) {
        const file = this.index.load(path);
        if (file && isMeant(path)) projects.set(path, this.surroundings.projectsOf(file));
      }
      if (!sameProjects(last, projects)) last = projects;
      return last;
    }, turn);
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
