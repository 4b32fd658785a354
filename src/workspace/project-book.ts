import { reread, type ComposeFile } from "../compose/compose-file.js";
import type { Selection } from "../compose/read-yaml.js";
import type { Variables } from "../compose/interpolate.js";
import { loadModel, type ComposeVersion, type Model, type ProjectFiles } from "../compose/model.js";
import { directoryOf, isWithin } from "../compose/paths.js";
import { buildProject, type Project } from "../compose/project.js";
import type { Environments } from "./environments.js";
import type { FileIndex } from "./file-index.js";
import { projectSetOf, type ProjectSet } from "./project-set.js";

interface Known {
  readonly project: Project;
  /** What was asked for and what came back: the project holds as long as the same comes back. */
  readonly files: ReadonlyMap<string, ComposeFile | undefined>;
  readonly environments: ReadonlyMap<string, Variables | undefined>;
}

/** The projects of a workspace. Each is put together once for each state of its files. */
export class ProjectBook {
  readonly #known = new Map<string, Known>();

  constructor(
    readonly index: FileIndex,
    readonly environments: Environments,
    /** Files outside are not read: what they would add is unknown. */
    readonly top: string,
    readonly version: ComposeVersion,
  ) {}

  /** @param file As it is being looked at, which may not be what lies on the disk. */
  projectOf(file: ComposeFile): Project {
    const { path } = file.source;
    const set = this.#setOf(path);
    const key = set.paths.join("\n");
    const known = this.#known.get(key);
    const load = (asked: string): ComposeFile | undefined => (asked === path ? file : this.#load(asked, path));
    if (known && this.#holds(known, load)) return known.project;

    const files = new Map<string, ComposeFile | undefined>();
    const environments = new Map<string, Variables | undefined>();
    const recorded: ProjectFiles = {
      load: (asked) => remember(files, asked, load),
      environment: (asked, surroundings) => {
        const alone = remember(environments, asked, (env) => this.environments.read(env));
        return surroundings ? this.environments.read(asked, surroundings) : alone;
      },
    };
    // Compose is started where `COMPOSE_FILE` stands; the files that it names may lie elsewhere, with a `.env` of their own.
    const [beside, started] = [set.directory, directoryOf(path)].map((at) => recorded.environment(`${at}/.env`));
    const own: Variables =
      beside === started ? (beside ?? NO_VARIABLES) : new Map([...(beside ?? []), ...(started ?? [])]);
    const model = loadModel({ ...set, variables: own, version: this.version }, recorded);
    const project = buildProject({
      model,
      directory: set.directory,
      variables: own,
      isOverride: set.isOverride,
    });
    this.#known.set(key, { project, files, environments });
    return project;
  }

  /** The same project, put together from other parts of its files. */
  modelAbout(file: ComposeFile, about: Selection): { readonly file: ComposeFile; readonly model: Model } {
    const { path } = file.source;
    const set = this.#setOf(path);
    const own = reread(file, about);
    const files: ProjectFiles = {
      load: (asked) => {
        const other = asked === path ? undefined : this.#load(asked, path);
        return asked === path ? own : other && reread(other, about);
      },
      environment: (asked, surroundings) => this.environments.read(asked, surroundings),
    };
    const environment = files.environment(`${set.directory}/.env`) ?? NO_VARIABLES;
    return { file: own, model: loadModel({ ...set, variables: environment, version: this.version }, files) };
  }

  #setOf(path: string): ProjectSet {
    const variables = this.environments.read(`${directoryOf(path)}/.env`) ?? NO_VARIABLES;
    return projectSetOf(path, variables, (beside) => beside === path || this.index.disk.exists(beside));
  }

  #holds({ files, environments }: Known, load: ProjectFiles["load"]): boolean {
    return (
      [...files].every(([path, file]) => load(path) === file) &&
      [...environments].every(([path, variables]) => this.environments.read(path) === variables)
    );
  }

  #load(path: string, asking: string): ComposeFile | undefined {
    const top = isWithin(asking, this.top) ? this.top : directoryOf(asking);
    return isWithin(path, top) ? this.index.load(path) : undefined;
  }
}

const NO_VARIABLES: Variables = new Map();

function remember<Value>(answers: Map<string, Value>, question: string, answer: (question: string) => Value): Value {
  const value = answer(question);
  answers.set(question, value);
  return value;
}
