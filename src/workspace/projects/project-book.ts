import { reread, type ComposeFile } from "../../compose/read/compose-file.js";
import type { Selection } from "../../compose/read/yaml.js";
import type { Surroundings } from "../../compose/load/dotenv.js";
import { UNREAD_FILE, type Variables } from "../../compose/read/interpolate.js";
import type { Model, ProjectFiles } from "../../compose/load/loader.js";
import { directoryOf } from "../../kit/paths.js";
import { buildProject, type Project } from "../../compose/project/project.js";
import { USUAL_COMPOSE_VERSION, type ComposeVersion } from "../../compose/load/version.js";
import { isComposeFileName } from "../files/compose-names.js";
import { fileKindOf } from "../files/file-kinds.js";
import { projectBeyondBudget, unitsOfProject } from "./beyond-budget.js";
import { declarationsOf, type RootedPolicy } from "./declarations.js";
import type { Environments } from "../files/environments.js";
import type { FileIndex } from "../files/file-index.js";
import { filesNamedBy, hasPath, keyOfSet, projectSetsOf, type ProjectSet } from "./project-set.js";
import { loadModel } from "../../compose/project/load-model.js";

interface Known {
  readonly project: Project;
  /** What was asked for and what came back: the project holds as long as the same comes back. */
  readonly files: ReadonlyMap<string, ComposeFile | undefined>;
  readonly environments: ReadonlyMap<string, Variables | undefined>;
  /** All but these was compared in this turn, for a file of this directory. */
  compared?: { readonly turn: number; readonly directory: string; readonly but: Set<string> };
}

/** A project, and how a file comes to belong to it. */
export interface PlacedProject {
  readonly project: Project;
  readonly set: ProjectSet;
  /** The file is none of those that the project is started with: one of them brings it in, or it is named elsewhere. */
  readonly isReader?: boolean;
}

/** Lines of environment files; several where more than one file of a project sets the variable. */
export type VariablePlaces = "shell" | readonly { readonly file: string; readonly line: number }[];

/** How Compose is called. */
export interface ComposeCall {
  readonly version?: ComposeVersion | undefined;
  /** Those of the shell, which count more than those of a file. */
  readonly variables?: Variables | undefined;
  /** The profiles that are enabled; all of them unless given. */
  readonly profiles?: readonly string[] | undefined;
}

/** The projects of a workspace. Each is put together once for each state of its files. */
export class ProjectBook {
  readonly #known = new Map<string, Known>();
  readonly #beyondBudget = new WeakMap<ComposeFile, Project>();
  readonly #undecidedBy = new Set<string>();
  readonly #environmentsOf = new WeakMap<Project, readonly string[]>();
  readonly #askedBy = new WeakMap<Project, readonly string[]>();
  /** Every rule asks for the projects of the file that is being looked at. */
  readonly #recent = new WeakMap<ComposeFile, { readonly turn: number; readonly placed: readonly PlacedProject[] }>();

  constructor(
    readonly index: FileIndex,
    readonly environments: Environments,
    readonly call: ComposeCall,
    readonly policyFor: (path: string) => RootedPolicy | undefined = () => undefined,
    /** The link through which a file is started. */
    readonly startedAs: (path: string) => string | undefined = () => undefined,
  ) {}

  /**
   * @param file As it is being looked at, which may not be what lies on the disk.
   * @returns at least one project.
   */
  projectsOf(file: ComposeFile): readonly PlacedProject[] {
    const turn = this.index.disk.turn();
    const recent = this.#recent.get(file);
    if (recent?.turn === turn) return recent.placed;
    const placed = this.setsOf(file.source.path).map((set) => ({ set, project: this.projectIn(set, file) }));
    this.#recent.set(file, { turn, placed });
    return placed;
  }

  /**
   * Puts a project together.
   *
   * @param file One that it reads, as it is being looked at; else all are as they lie on the disk.
   */
  projectIn(set: ProjectSet, file?: ComposeFile): Project {
    const names = this.#namesOf(file?.source.path);
    const isThis = (asked: string): boolean => names.includes(asked);
    // What `COMPOSE_FILE` names may lie where nobody may look, so it is not what asks for the others.
    const beginning = set.startedIn === undefined ? (set.paths[0] ?? "") : `${set.startedIn}/.env`;
    const path = file && names.some((name) => hasPath(set.paths, name)) ? file.source.path : beginning;
    const version = this.#versionFor(path);
    const key = [version, keyOfSet(set)].join("\n");
    const known = this.#known.get(key);
    const load = (asked: string): ComposeFile | undefined => (isThis(asked) ? file : this.#load(asked, path));
    if (known && this.#holds(known, load, path, names)) return known.project;
    const { budget } = this.index;
    const kept = `project ${key}`;
    if (fileKindOf(path) === "compose" && !budget.hasRoomFor(kept)) return this.#beyond(set, file);

    const files = new Map<string, ComposeFile | undefined>();
    const environments = new Map<string, Variables | undefined>();
    const recorded: ProjectFiles = {
      load: (asked) => remember(files, asked, load),
      environment: (asked, surroundings) => {
        const alone = remember(environments, asked, (env) => this.#environment(env, path));
        return surroundings ? this.#environment(asked, path, surroundings) : alone;
      },
      isKeptFromUs: (asked) => this.#isKeptFromUs(asked),
    };
    const variables = this.#variablesOf(set, recorded);
    const model = loadModel({ ...set, variables, version }, recorded);
    const project = buildProject({ ...set, model, variables, profiles: this.call.profiles });
    this.#known.set(key, { project, files, environments });
    budget.keep(kept, unitsOfProject(project));
    this.#environmentsOf.set(project, [...environments.keys()]);
    this.#askedBy.set(project, [...files.keys()]);
    return project;
  }

  /** The same one for a file, as long as that stays the same: a survey tells by that whether anything has changed. */
  #beyond(set: ProjectSet, file: ComposeFile | undefined): Project {
    this.index.budget.refuse(file?.source.path ?? set.paths[0] ?? set.directory);
    const known = file && this.#beyondBudget.get(file);
    if (known) return known;
    const project = projectBeyondBudget(set, file);
    if (file) this.#beyondBudget.set(file, project);
    return project;
  }

  /** Every compose file that a project asks for, whether it could be read or not. */
  filesAskedBy(project: Project): readonly string[] {
    return this.#askedBy.get(project) ?? [];
  }

  /** Where the value of a variable comes from, for messages: the value itself may be a secret. */
  placesOfVariable(project: Project, variable: string): VariablePlaces {
    if (this.call.variables?.has(variable)) return "shell";
    return (this.#environmentsOf.get(project) ?? []).flatMap((file) => {
      const line = this.environments.lineOf(file, variable);
      return line === undefined ? [] : [{ file, line }];
    });
  }

  /** The same project, put together from other parts of its files. */
  modelAbout(
    file: ComposeFile,
    set: ProjectSet,
    about: Selection,
  ): { readonly file: ComposeFile; readonly model: Model } {
    const { path } = file.source;
    const own = reread(file, about);
    const names = this.#namesOf(path);
    const isThis = (asked: string): boolean => names.includes(asked);
    const files: ProjectFiles = {
      load: (asked) => {
        const other = isThis(asked) ? undefined : this.#load(asked, path);
        return isThis(asked) ? own : other && reread(other, about);
      },
      environment: (asked, surroundings) => this.#environment(asked, path, surroundings),
      isKeptFromUs: (asked) => this.#isKeptFromUs(asked),
    };
    const variables = this.#variablesOf(set, files);
    return { file: own, model: loadModel({ ...set, variables, version: this.#versionFor(path) }, files) };
  }

  /** A file is met under its own name, and where it is a part of a project, under that by which it is started. */
  #namesOf(path: string | undefined): readonly string[] {
    const started = path === undefined ? undefined : this.startedAs(path);
    return [path, started].filter((name) => name !== undefined);
  }

  /** The projects that a file belongs to by its place and its name: at least one. None is put together for that. */
  setsOf(looked: string): readonly ProjectSet[] {
    const path = this.startedAs(looked) ?? looked;
    const variables = this.#withShell(this.environments.read(`${directoryOf(path)}/.env`) ?? NO_VARIABLES);
    const exists = (beside: string): boolean => beside === path || this.index.disk.exists(beside);
    this.#noteKeptFromUs(path, variables);
    const sets = projectSetsOf(path, declarationsOf(this.policyFor(path)), variables, exists);
    const unread = variables.get(UNREAD_FILE);
    const isDecided = variables.has("COMPOSE_FILE") || sets.some(({ declared, stack }) => declared ?? stack);
    if (unread !== undefined && !isDecided && isComposeFileName(path)) this.#undecidedBy.add(unread);
    return sets;
  }

  /** Files that could not be read and may set `COMPOSE_FILE`, where nothing else says which files make a project. */
  get undecidedBy(): ReadonlySet<string> {
    return this.#undecidedBy;
  }

  /**
   * Where `COMPOSE_FILE` leaves this file out, Compose starts another project in its directory. What of that must not be
   * opened is known to be missing only after somebody asks for it.
   */
  #noteKeptFromUs(path: string, variables: Variables): void {
    const named = filesNamedBy(variables, directoryOf(path));
    if (named === undefined || hasPath(named, path)) return;
    for (const other of named) if (this.index.disk.reaches(path, other)) this.index.disk.resolve(other);
  }

  /** Compose is started where `COMPOSE_FILE` stands; the files that it names may lie elsewhere, with a `.env` of their own. */
  #variablesOf({ directory, startedIn, stack }: ProjectSet, files: ProjectFiles): Variables {
    if (stack) return this.#withShell(NO_VARIABLES);
    const beside = files.environment(`${directory}/.env`) ?? NO_VARIABLES;
    const started = startedIn ?? directory;
    if (started === directory) return this.#withShell(beside);
    return this.#withShell(new Map([...beside, ...(files.environment(`${started}/.env`) ?? [])]));
  }

  #withShell(variables: Variables): Variables {
    const { variables: ofShell } = this.call;
    return ofShell && ofShell.size > 0 ? new Map([...variables, ...ofShell]) : variables;
  }

  #versionFor(path: string): ComposeVersion {
    return this.call.version ?? this.policyFor(path)?.policy.compose ?? USUAL_COMPOSE_VERSION;
  }

  /** Each of a thousand files of a project asks: within a turn, only what is looked at in its place may differ. */
  #holds(known: Known, load: ProjectFiles["load"], asking: string, names: readonly string[]): boolean {
    const { files, environments, compared } = known;
    const turn = this.index.disk.turn();
    const directory = directoryOf(asking);
    const isSame = (path: string): boolean => !files.has(path) || load(path) === files.get(path);
    if (compared?.turn === turn && compared.directory === directory) {
      if (![...compared.but, ...names].every(isSame)) return false;
      for (const path of [...compared.but]) if (!names.includes(path)) compared.but.delete(path);
      return true;
    }
    const holds =
      [...files.keys()].every(isSame) &&
      [...environments].every(([path, variables]) => this.#environment(path, asking) === variables);
    if (holds) known.compared = { turn, directory, but: new Set(names) };
    return holds;
  }

  #load(path: string, asking: string): ComposeFile | undefined {
    return this.index.disk.reaches(asking, path) ? this.index.load(path) : undefined;
  }

  #isKeptFromUs(path: string): boolean {
    return this.index.disk.faults().has(path) || this.index.budget.refused.has(path);
  }

  #environment(path: string, asking: string, surroundings?: Surroundings): Variables | undefined {
    return this.index.disk.reaches(asking, path)
      ? this.environments.read(path, surroundings)
      : this.environments.unread(path);
  }
}

const NO_VARIABLES: Variables = new Map();

function remember<Value>(answers: Map<string, Value>, question: string, answer: (question: string) => Value): Value {
  const value = answer(question);
  answers.set(question, value);
  return value;
}
