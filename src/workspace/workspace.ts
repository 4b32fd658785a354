import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Project } from "../compose/project/project.js";
import { ABOUT_PORTS, publishedPorts } from "../compose/project/published-port.js";
import type { RuleCatalogue } from "../policy/entries/rule-entries.js";
import type { Baseline } from "../policy/baseline/baseline-file.js";
import { declarationsOf, isDeclared } from "./projects/declarations.js";
import { createBooks, type Books } from "./books.js";
import type { Disk } from "./files/disk.js";
import { Environments } from "./files/environments.js";
import { composeFilesAmong, listed, NOTHING_IGNORED, type FindFiles, type FoundFiles } from "./files/found-files.js";
import type { HostLoad } from "./host-load.js";
import { LinkBook } from "./files/links.js";
import { excluderFrom, IgnoredFiles, type Ignorer } from "./ignored-files.js";
import type { FileIndex } from "./files/file-index.js";
import type { Plan } from "./plan/plan.js";
import { ProjectBook } from "./projects/project-book.js";
import { PolicyLookup } from "./policy-lookup.js";
import { PolicyReadings } from "./policy-readings.js";
import { reachOf } from "./projects/reach.js";
import { rateLimited, untilTold, type Looks } from "./rate-limit.js";
import { isElsewhere } from "./files/policy-files.js";
import { faultsOf, type PolicyReading, type ScopedPolicy } from "./scoped-policy.js";
import { StartedFiles } from "./projects/started-files.js";
import { SurveyBook } from "./surveys.js";
import type { Territory } from "./territory.js";
import { Placements } from "./projects/placements.js";
import { ProjectView, type BroughtInView, type ViewSources } from "./view.js";
import { WholeWorkspace } from "./whole-workspace.js";
import type { WorkspaceOptions } from "./workspace-options.js";

/** Everything that a check needs from a disk. It keeps what it read as long as the files stay the same. */
export class Workspace {
  /** Everything of the checkout is read through it. */
  readonly disk: Disk;
  /** What was parsed, and how much of it is kept. */
  readonly index: FileIndex;
  readonly #lookup: PolicyLookup;
  readonly #surveys: SurveyBook;
  readonly #books: Books;
  readonly #sources: ViewSources;
  readonly #views = new WeakMap<ComposeFile, { readonly turn: number; readonly views: readonly ProjectView[] }>();
  readonly #readings: PolicyReadings;
  readonly #projects: ProjectBook;
  readonly #placements: Placements;
  readonly #environments: Environments;
  readonly #links: LinkBook;
  readonly #ignored: IgnoredFiles;

  constructor(
    readonly options: WorkspaceOptions,
    texts: FileIndex,
    /** The rules that a policy file may name. Without it, every name. */
    rules?: RuleCatalogue,
  ) {
    const index = texts.within(options);
    this.disk = index.disk;
    this.index = index;
    this.#lookup = new PolicyLookup(index.disk, options.cwd);
    this.#readings = new PolicyReadings(index.disk, this.#lookup, options, rules);
    this.#links = new LinkBook(index.disk, (path) => this.isDeclared(path));
    this.#ignored = new IgnoredFiles({
      topOf: (path) => this.#lookup.topOf(path),
      turn: () => index.disk.turn(),
      policyFor: (path) => this.#readablePolicyFor(path),
      excludes: excluderFrom(options),
    });
    this.#environments = new Environments(index.disk, index.budget);
    this.#projects = new ProjectBook(
      index,
      this.#environments,
      { ...options, version: options.compose },
      (path) => this.#readablePolicyFor(path),
      (path) => this.#links.startedAs(path),
    );
    const looks: Looks =
      options.saysWhenToLook === true ? untilTold : (look) => rateLimited(look, () => this.disk.turn());
    this.#placements = new Placements(this.#projects, {
      index,
      looks,
      environments: this.#environments,
      listBelow: (top) => this.composeFilesBelow(top),
    });
    this.#surveys = new SurveyBook(index, {
      projectsOf: this.#projectsOf,
      policyFor: (path) => this.policyFor(path),
      composeFilesBelow: (directory) => this.composeFilesBelow(directory),
      topOf: (directory) => index.disk.topOf(directory),
      looks,
    });
    this.#books = createBooks({
      cwd: options.cwd,
      disk: index.disk,
      quietDisk: texts.disk.within(options),
      surveys: this.#surveys,
      territoryOf: (path) => this.#territoryOf(path),
      isFaulty: (path) => faultsOf(this.policyFor(path)).length > 0,
    });
    this.#sources = this.#viewSources();
  }

  /** @returns a view for each project that the file belongs to: at least one. */
  views(file: ComposeFile): readonly ProjectView[] {
    const turn = this.disk.turn();
    const recent = this.#views.get(file);
    if (recent?.turn === turn) return recent.views;
    const views = this.#viewsOf(file);
    this.#views.set(file, { turn, views });
    return views;
  }

  /** Whether a file may have others beside it. */
  mayHaveMore(path: string): boolean {
    return this.#placements.mayHaveMore(path);
  }

  /** Whether some project has the file, whatever it is called. */
  isPartOfAProject(path: string): boolean {
    return this.isDeclared(path) || this.#placements.isRead(path);
  }

  /**
   * Every file of the projects that a file is a part of, whether it could be read or not.
   *
   * @param isNew Whether somebody asks for the files of a project for the first time from a directory.
   */
  filesBeside(
    file: ComposeFile,
    isNew: (project: Project, directory: string) => boolean = () => true,
  ): readonly string[] {
    return this.#placements.filesBeside(file, isNew);
  }

  /** Every file that a project asks for, wherever it may lie. */
  filesAskedBy(project: Project): readonly string[] {
    return this.#projects.filesAskedBy(project);
  }

  /** What hosts that are given files by their names show in a file, in place of others that they are not given. */
  broughtInBy(file: ComposeFile): readonly BroughtInView[] {
    const isJudged = ({ source: { path } }: ComposeFile): boolean =>
      !this.isElsewhere(path) && this.ignoredBy(path) === undefined;
    const brought = this.#placements.broughtInBy(file).filter((each) => isJudged(each.file));
    if (brought.length === 0 || !isJudged(file)) return [];
    return brought.flatMap(({ file: other, placed, at }) =>
      this.#viewsOf(other, [placed]).map((view) => ({ view, at })),
    );
  }

  /** The views in which the rules look at a file: none for one that nobody may or wants to look at. */
  judgedViews(file: ComposeFile): readonly ProjectView[] {
    const { path } = file.source;
    return this.isElsewhere(path) || this.ignoredBy(path) !== undefined ? [] : this.views(file);
  }

  /** The view for the first project that the file belongs to. */
  view(file: ComposeFile): ProjectView {
    const [view] = this.views(file);
    if (!view) throw new TypeError(`${file.source.path} belongs to no project`);
    return view;
  }

  /** The files that are compose files by their name, or because the policy says so. */
  composeFilesBelow(directory: string): readonly string[] {
    return this.foundBelow(directory).files;
  }

  /** The same files, with what keeps others from being among them. */
  foundBelow(directory: string): FoundFiles {
    return this.listed(directory, this.options.list ?? this.#find);
  }

  /** Files below a directory, each under the name by which Compose is started with it. */
  listed(directory: string, find: FindFiles): FoundFiles {
    const started = new StartedFiles(this.disk, this.#environments, this.disk.topOf(directory));
    const found = find(directory, (path) => this.isDeclared(path) || started.has(path), this.#ignored);
    const all = new Set(found.files);
    return { ...found, files: found.files.filter((path) => !all.has(this.#links.startedAs(path) ?? "")) };
  }

  readonly #find: FindFiles = (directory, isDeclared, ignored = NOTHING_IGNORED) => {
    const list: Disk["filesBelow"] = (...asked) => this.disk.filesBelow(...asked);
    return composeFilesAmong(listed(list, directory, ignored), isDeclared, ignored);
  };

  /** What leaves out a file or folder: nobody is told about that. */
  ignoredBy(path: string): Ignorer | undefined {
    return this.#ignored.by(path);
  }

  /** Whether a file lies where nobody may look. What it says is unknown, also when somebody hands its text in. */
  isElsewhere(path: string): boolean {
    this.disk.resolve(path);
    return isElsewhere(this.disk, path);
  }

  /** Files that set variables and could not be read. */
  get unreadEnvironments(): ReadonlySet<string> {
    return this.#environments.unreadFiles;
  }

  /** Those of them that may say which files make a project. */
  get undecidedBy(): ReadonlySet<string> {
    return this.#projects.undecidedBy;
  }

  /** Whether the policy names the file, which then is a compose file whatever it is called. */
  isDeclared(path: string): boolean {
    return isDeclared(declarationsOf(this.#readablePolicyFor(path)), path);
  }

  readonly #projectsOf = (file: ComposeFile): readonly Project[] =>
    this.#projects.projectsOf(file).map(({ project }) => project);

  #readablePolicyFor(path: string): ScopedPolicy | undefined {
    const reading = this.policyFor(path);
    return reading.kind === "policy" ? reading.scoped : undefined;
  }

  #viewsOf(file: ComposeFile, placed = this.#placements.of(file)): readonly ProjectView[] {
    const { path } = file.source;
    const reading = this.policyFor(path);
    const territory = this.#territoryOf(path);
    const projects = placed.map(({ project }) => project);
    const isFaulty = faultsOf(reading).length > 0;
    const whole = new WholeWorkspace(file, projects, territory, isFaulty, this.#books);
    return placed.map((one) => new ProjectView(file, one, reading, whole, this.#sources));
  }

  /** The findings of a file that somebody knows of. */
  baselineFor(path: string): Baseline {
    return this.#books.baselines.in(this.#territoryOf(path).root);
  }

  /** Whoever has written files wants to know at once what they mean for each other. */
  lookAgain(): void {
    this.#surveys.lookAgain();
    this.#placements.lookAgain();
  }

  #territoryOf(path: string): Territory {
    const reading = this.policyFor(path);
    const scoped = reading.kind === "policy" ? reading.scoped : undefined;
    return { root: scoped?.root ?? this.#lookup.topOf(path), scoped };
  }

  #viewSources(): ViewSources {
    const today = (): string => this.#readings.today();
    return {
      cwd: this.options.cwd,
      tellsPolicyFaults: this.options.tellsPolicyFaults === true,
      get today() {
        return today();
      },
      exists: (asked) => this.disk.exists(asked),
      names: (directory) => this.disk.names(directory),
      readAsPolicy: (file) => this.#readings.asIfSaved(file),
      policyAbove: (file) => this.#lookup.above(file),
      reachFrom: (directory) =>
        reachOf(directory, {
          disk: this.disk,
          load: (asked) => this.index.load(asked),
          projectsOf: this.#projectsOf,
          isIgnored: (asked) => this.#ignored.has(asked),
        }),
      portsOf: (file, { set }) => {
        const { file: own, model } = this.#projects.modelAbout(file, set, ABOUT_PORTS);
        return { file: own, published: publishedPorts(model.root) };
      },
      placesOfVariable: (project, variable) => this.#projects.placesOfVariable(project, variable),
      baselineIn: (root) => this.#books.baselines.in(root),
    };
  }

  planBelow(scoped: ScopedPolicy): Plan {
    return this.#books.plans.planBelow({ root: scoped.root, scoped });
  }

  /** What all networks below a policy would ask of one daemon. */
  loadBelow(scoped: ScopedPolicy): HostLoad {
    return this.#books.loadOfAll({ root: scoped.root, scoped });
  }

  policyFor(composeFile: string): PolicyReading {
    return this.#readings.of(composeFile);
  }

  /** Up to where the policy of a file is looked for. */
  endOfLookup(file: string): string {
    return this.#lookup.endOf(file);
  }
}
