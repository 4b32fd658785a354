import { baseName, directoryOf } from "../kit/paths.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { ComposeVersion } from "../compose/load/loader.js";
import type { Variables } from "../compose/read/interpolate.js";
import type { PinnedSubnet } from "../compose/engine/conflicts.js";
import type { Project } from "../compose/project/project.js";
import { ABOUT_PORTS, publishedPorts, type PublishedPort } from "../compose/project/published-port.js";
import type { Prefix } from "../ipam/prefix.js";
import { enforcedRanges, isAllowed } from "../policy/enforcement.js";
import { findPolicyFile } from "../policy/find-policy-file.js";
import { type PolicyFiles, readPolicy } from "../policy/load-policy.js";
import type { AllowEntry, Policy } from "../policy/policy.js";
import { declarationsOf, isDeclared } from "./projects/declarations.js";
import { findComposeFiles, type FindFiles, type FoundFiles } from "./files/discover.js";
import type { Disk } from "./files/disk.js";
import { Environments } from "./files/environments.js";
import { LinkBook } from "./files/links.js";
import { IgnoredFiles } from "./ignored-files.js";
import type { FileIndex } from "./files/file-index.js";
import { shownPath, relativePath } from "./files/paths.js";
import { claimKey, claimsOf, identityOf, planSubnets, type Plan } from "./plan/plan.js";
import { planSpaceOf } from "./plan/plan-space.js";
import { PlanBook, scopeOf } from "./plan/plan-book.js";
import { ProjectBook, type PlacedProject, type VariablePlaces } from "./projects/project-book.js";
import { RivalBook, type Rival } from "./rivals.js";
import { reachOf, type Reach } from "./projects/reach.js";
import { isElsewhere, policyFilesOn } from "./files/policy-files.js";
import { faultsOf, type PolicyReading, type ScopedPolicy } from "./scoped-policy.js";
import { SurveyBook, type Territory } from "./surveys.js";

export interface WorkspaceOptions {
  /** Absolute, with `/`: paths in messages are relative to it, and no policy file is looked for above it. */
  readonly cwd: string;
  /** A forbidden-ranges file for all compose files, instead of the nearest one. Absolute. */
  readonly ranges?: string | undefined;
  /** The day on which ranges and exceptions expire, `YYYY-MM-DD`; today in UTC unless given. */
  readonly today?: string | undefined;
  /** The version of Compose whose way of putting files together counts. */
  readonly compose?: ComposeVersion | undefined;
  /** Those of the shell that count: unless given none, so that the result is the same on every machine. */
  readonly variables?: Variables | undefined;
  /** The profiles that are enabled; all of them unless given. */
  readonly profiles?: readonly string[] | undefined;
  /** Directories outside of the work tree whose files may be read. Absolute. */
  readonly allowOutside?: readonly string[] | undefined;
  /** Files and directories as somebody typed them. Absolute. */
  readonly named?: readonly string[] | undefined;
  /** Longer files than usual are read, up to this many bytes. */
  readonly maxFileSize?: number | undefined;
  /** Whoever asks names the faults of a policy once, and not at each of its compose files. */
  readonly tellsPolicyFaults?: boolean | undefined;
  /** Lists the compose files below a directory; asks git and the disk unless given. */
  readonly list?: FindFiles | undefined;
}

/** A compose file in its surroundings: what it means, and what is said about its networks. */
export interface ProjectView {
  readonly file: ComposeFile;
  readonly project: Project;
  readonly reading: PolicyReading;
  /** Whether somebody names the faults of the policy anyway. */
  readonly tellsPolicyFaults: boolean;
  /** Whether someone said, in a policy without faults, where subnets may be taken from. Else a subnet is only ever suggested. */
  readonly poolsDeclared: boolean;
  /** With declared pools the plan of the whole workspace, else one for this file alone. */
  readonly plan: () => Plan;
  /** The plan of the whole workspace in any case. It costs a look at every compose file. */
  readonly workspacePlan: () => Plan;
  /** The first subnet of another project that can't be there at the same time. It costs the same look. */
  readonly rivalOf: (own: PinnedSubnet) => Rival | undefined;
  /** Other projects that include the file. Nobody looks for them without declared pools. */
  readonly includers: () => readonly Project[];
  /** The project's directory as the plan knows it. */
  readonly directory: string;
  /** The key under which the plan knows a network. */
  readonly claimKey: (network: string, family: 4 | 6) => string;
  /** @param subnet Undefined when Docker is to choose it. */
  readonly exceptionFor: (network: string, subnet: Prefix | undefined) => AllowEntry | undefined;
  /** @param path Absolute. */
  readonly exists: (path: string) => boolean;
  /** What the file being looked at says as a forbidden-ranges file, with all that it extends. */
  readonly readAsPolicy: () => PolicyReading;
  /** What the entries of that file are about; undefined where that can't be told. It costs a look at every YAML file. */
  readonly reach: () => Reach | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Read only when asked for: most checks are about networks alone. */
  readonly publishedPorts: () => ProjectPorts;
  /** Where the value of a variable comes from. */
  readonly placesOfVariable: (variable: string) => VariablePlaces;
  /** A path as messages show it. */
  readonly display: (path: string) => string;
}

/** What the services of the project publish, and the file with the parts that say so. */
export interface ProjectPorts {
  readonly file: ComposeFile;
  readonly published: readonly PublishedPort[];
}

/** Everything that a check needs from a disk. It keeps what it read as long as the files stay the same. */
export class Workspace {
  /** Everything of the checkout is read through it. */
  readonly disk: Disk;
  readonly #index: FileIndex;
  readonly #surveys: SurveyBook;
  #day: { readonly turn: number; readonly date: string } | undefined;
  readonly #plans: PlanBook;
  readonly #rivals: RivalBook;
  readonly #policies = new Map<string, Extract<PolicyReading, { kind: "policy" }> & { readonly versions: string }>();
  readonly #faultyPolicies = new Map<string, { readonly turn: number; readonly reading: PolicyReading }>();
  readonly #recentReadings = new Map<string, { readonly turn: number; readonly reading: PolicyReading }>();
  readonly #projects: ProjectBook;
  readonly #environments: Environments;
  readonly #links: LinkBook;
  readonly #ignored: IgnoredFiles;

  constructor(
    readonly options: WorkspaceOptions,
    texts: FileIndex,
  ) {
    const index = texts.within(options);
    this.disk = index.disk;
    this.#index = index;
    this.#links = new LinkBook(index.disk, (path) => this.isDeclared(path));
    this.#ignored = new IgnoredFiles({
      cwd: options.cwd,
      turn: () => index.disk.turn(),
      policyFor: (path) => this.#readablePolicyFor(path),
    });
    this.#environments = new Environments(index.disk);
    this.#projects = new ProjectBook(
      index,
      this.#environments,
      { ...options, version: options.compose },
      (path) => this.#readablePolicyFor(path),
      (path) => this.#links.startedAs(path),
    );
    this.#surveys = new SurveyBook(index, {
      projectsOf: this.#projectsOf,
      policyFor: (path) => this.policyFor(path),
      composeFilesBelow: (directory) => this.composeFilesBelow(directory),
    });
    this.#plans = new PlanBook(this.#surveys, options.cwd);
    this.#rivals = new RivalBook(this.#surveys, (path) => index.disk.resolve(path)?.identity ?? path);
  }

  /** @returns a view for each project that the file belongs to: at least one. */
  views(file: ComposeFile): ProjectView[] {
    const placed = this.#projects.projectsOf(file);
    return placed.map((one) => this.#viewOf(file, one, placed));
  }

  /** The views in which the rules look at a file: none for one that nobody may or wants to look at. */
  judgedViews(file: ComposeFile): ProjectView[] {
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
    return this.listed(directory, this.options.list ?? findComposeFiles);
  }

  /** Files below a directory, each under the name by which Compose is started with it. */
  listed(directory: string, find: FindFiles): FoundFiles {
    const found = find(directory, (path) => this.isDeclared(path), this.#ignored);
    const all = new Set(found.files);
    return { ...found, files: found.files.filter((path) => !all.has(this.#links.startedAs(path) ?? "")) };
  }

  /** The policy file that leaves out a file or folder: nobody is told about that. */
  ignoredBy(path: string): string | undefined {
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

  #readablePolicyFor(path: string): Policy | undefined {
    const reading = this.policyFor(path);
    return reading.kind === "policy" ? reading.scoped.policy : undefined;
  }

  #viewOf(file: ComposeFile, { project, set }: PlacedProject, all: readonly PlacedProject[]): ProjectView {
    const { path } = file.source;
    const reading = this.policyFor(path);
    const scoped = reading.kind === "policy" ? reading.scoped : undefined;
    const territory: Territory = { root: scoped?.root ?? this.options.cwd, scoped };
    const { root } = territory;
    const identity = identityOf(project, scopeOf(territory));
    const isFaulty = faultsOf(reading).length > 0;
    const hasPools = scoped !== undefined && scoped.policy.pools.length > 0;
    const poolsDeclared = hasPools && !isFaulty;
    const workspacePlan = once((): Plan =>
      this.#plans.planFor(
        file,
        all.map((placed) => placed.project),
        territory,
      ),
    );
    return {
      file,
      project,
      reading,
      tellsPolicyFaults: this.options.tellsPolicyFaults === true,
      poolsDeclared,
      plan: once(() =>
        poolsDeclared
          ? workspacePlan()
          : planSubnets(claimsOf(project, identity, root, this.options.cwd), planSpaceOf(scoped)),
      ),
      workspacePlan,
      // Whatever a faulty policy says about hosts is unknown.
      rivalOf: (own) => (isFaulty ? undefined : this.#rivals.rivalOf(own, file, territory)),
      includers: () => (hasPools ? this.#surveys.includers(path, territory) : []),
      directory: relativePath(root, project.directory),
      claimKey: (network, family) => claimKey(identity, network, family),
      exceptionFor: (network, subnet) =>
        scoped &&
        isAllowed(
          scoped.policy,
          { file: relativePath(directoryOf(scoped.policy.file), path), network, subnet },
          this.#today(),
        ),
      exists: (asked) => this.disk.exists(asked),
      readAsPolicy: () => this.#readAsPolicy(file),
      reach: () =>
        reachOf(directoryOf(path), {
          disk: this.disk,
          load: (asked) => this.#index.load(asked),
          projectsOf: this.#projectsOf,
          isIgnored: (asked) => this.#ignored.has(asked),
        }),
      today: this.#today(),
      publishedPorts: () => {
        const { file: own, model } = this.#projects.modelAbout(file, set, ABOUT_PORTS);
        return { file: own, published: publishedPorts(model.root) };
      },
      placesOfVariable: (variable) => this.#projects.placesOfVariable(project, variable),
      display: (shown) => shownPath(this.options.cwd, shown),
    };
  }

  planBelow(scoped: ScopedPolicy): Plan {
    return this.#plans.planBelow({ root: scoped.root, scoped });
  }

  policyFor(composeFile: string): PolicyReading {
    const directory = directoryOf(composeFile);
    const turn = this.disk.turn();
    const recent = this.#recentReadings.get(directory);
    if (recent?.turn === turn) return recent.reading;
    const { cwd, ranges } = this.options;
    const file = ranges ?? findPolicyFile(composeFile, cwd, (path) => this.disk.exists(path));
    const reading: PolicyReading = file === undefined ? NO_POLICY : this.#policyIn(file);
    this.#recentReadings.set(directory, { turn, reading });
    return reading;
  }

  /** Read anew when a file has changed that it was read from; a faulty one each turn, for the fault may lie in another file. */
  #policyIn(file: string): PolicyReading {
    const known = this.#policies.get(file);
    if (known && known.versions === this.#versionsOf(known.scoped.policy.files)) return known;
    const turn = this.disk.turn();
    const faulty = this.#faultyPolicies.get(file);
    if (faulty?.turn === turn) return faulty.reading;
    const reading = this.#readPolicy(file);
    if (faultsOf(reading).length > 0) {
      this.#policies.delete(file);
      this.#faultyPolicies.set(file, { turn, reading });
    } else if (reading.kind === "policy") {
      this.#policies.set(file, { ...reading, versions: this.#versionsOf(reading.scoped.policy.files) });
    }
    return reading;
  }

  /** An editor holds a text that is not on the disk yet. */
  #readAsPolicy({ source: { path, text } }: ComposeFile): PolicyReading {
    const reading = this.policyFor(path);
    const isIt = reading.kind === "policy" && reading.scoped.policy.file === path;
    if (isIt && this.disk.read(path) === text) return reading;
    const files = policyFilesOn(this.disk);
    const read: PolicyFiles["read"] = (asked, asking) => (asked === path ? text : files.read(asked, asking));
    return this.#readPolicy(path, { ...files, read });
  }

  #readPolicy(file: string, files: PolicyFiles = policyFilesOn(this.disk)): PolicyReading {
    const show = (path: string): string => shownPath(this.options.cwd, path);
    const { policy, ...wrong } = readPolicy(file, { ...files, show });
    // Whoever may not look at it can't say that it is faulty.
    if (wrong.faults.length > 0 && isElsewhere(this.disk, file)) return NO_POLICY;
    if (!policy) return { kind: "faulty", file, ...wrong };
    const root = this.options.ranges === undefined ? directoryOf(file) : this.options.cwd;
    const enforced = enforcedRanges(policy, this.#today());
    return { kind: "policy", scoped: { policy, enforced, root, id: policy.id ?? baseName(root) }, ...wrong };
  }

  #versionsOf(files: readonly string[]): string {
    return files.map((path) => this.disk.version(path) ?? "").join("|") + this.#today();
  }

  /** Asked for some times for each file. */
  #today(): string {
    const turn = this.disk.turn();
    if (this.#day?.turn !== turn) this.#day = { turn, date: new Date().toISOString().slice(0, 10) };
    return this.options.today ?? this.#day.date;
  }
}

const NO_POLICY: PolicyReading = { kind: "none" };
/** A view is asked the same for every network of its project. */
function once<Answer>(find: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | undefined;
  return () => (known ??= { answer: find() }).answer;
}
