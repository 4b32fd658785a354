import type { Project } from "../../compose/project/project.js";
import { directoryOf, isWithin } from "../../kit/paths.js";
import type { Survey, SurveyBook } from "../surveys.js";
import type { Territory } from "../territory.js";
import { EngineNetworks, type Resident } from "./engine-networks.js";

/** The engine networks of a workspace, as its files lie on the disk or with one of them as it is being looked at. */
export class EngineNetworkBook {
  readonly #known = new WeakMap<Survey, EngineNetworks>();

  constructor(
    readonly surveys: Pick<SurveyBook, "everythingAround">,
    readonly territoryOf: (path: string) => Territory,
    /** The file that a path leads to, where the path is a link. */
    readonly targetOf: (path: string) => string | undefined,
  ) {}

  /** @param directory In the work tree that is meant. */
  onDisk(directory: string): EngineNetworks {
    return this.#networksOf(this.surveys.everythingAround(directory));
  }

  /** @param projects All that a file, as it is being looked at, belongs to. */
  lookingAt(path: string, projects: readonly Project[]): EngineNetworks {
    const survey = this.surveys.everythingAround(directoryOf(path));
    const networks = this.#networksOf(survey);
    // A file that others read is a part of their projects, and of none that begins with it.
    const isKnown = projects.every((project) => networks.has(project));
    if (isKnown && (survey.get(path) ?? []).every((project) => projects.includes(project))) return networks;
    const territory = this.territoryOf(path);
    const own = new Set(projects);
    const reads = (project: Project): boolean => project.files.some(({ source }) => source.path === path);
    return networks.with(
      projects.map((project) => this.#resident(project, territory)),
      (project) => own.has(project) || reads(project),
    );
  }

  #resident(project: Project, territory: Territory): Resident {
    const [first] = project.main;
    const target = first && this.targetOf(first.source.path);
    return {
      project,
      territory,
      leadsTo: target !== undefined && isWithin(target, territory.root) ? directoryOf(target) : undefined,
    };
  }

  #networksOf(survey: Survey): EngineNetworks {
    let networks = this.#known.get(survey);
    if (!networks) {
      const residents = new Map<Project, Resident>();
      for (const [path, projects] of survey) {
        const territory = this.territoryOf(path);
        for (const project of projects) {
          if (!residents.has(project)) residents.set(project, this.#resident(project, territory));
        }
      }
      networks = new EngineNetworks([...residents.values()]);
      this.#known.set(survey, networks);
    }
    return networks;
  }
}
