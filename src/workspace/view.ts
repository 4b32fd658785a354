import { directoryOf } from "../kit/paths.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Place } from "../kit/source.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { PublishedPort } from "../compose/project/published-port.js";
import type { Family } from "../ipam/address.js";
import type { Prefix } from "../ipam/prefix.js";
import { isAllowed } from "../policy/enforcement.js";
import type { Baseline } from "../policy/baseline/baseline-file.js";
import type { AllowEntry } from "../policy/policy.js";
import { hashedWords, identityOf, writtenNameOf } from "./engine-networks/identity.js";
import { relativePath, shownPath } from "./files/paths.js";
import { planSpaceOf } from "./plan/plan-space.js";
import { claimKey, claimsOf, planSubnets, type Plan } from "./plan/plan.js";
import type { PlacedProject, VariablePlaces } from "./projects/project-book.js";
import type { Reach } from "./projects/reach.js";
import { shownPlaceOf } from "./projects/shown-place.js";
import { faultsOf, type PolicyReading } from "./scoped-policy.js";
import { scopeOf } from "./territory.js";
import type { WholeWorkspace } from "./whole-workspace.js";

/** What a view asks of the workspace that it belongs to. */
export interface ViewSources {
  readonly cwd: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether somebody names the faults of the policy anyway. */
  readonly tellsPolicyFaults: boolean;
  /** @param path Absolute. */
  exists(path: string): boolean;
  names(directory: string): ReadonlySet<string>;
  readAsPolicy(file: ComposeFile): PolicyReading;
  policyAbove(policyFile: string): string | undefined;
  reachFrom(directory: string): Reach | undefined;
  portsOf(file: ComposeFile, placed: PlacedProject): ProjectPorts;
  placesOfVariable(project: Project, variable: string): VariablePlaces;
  baselineIn(root: string): Baseline;
}

/** What the services of the project publish, and the file with the parts that say so. */
export interface ProjectPorts {
  readonly file: ComposeFile;
  readonly published: readonly PublishedPort[];
}

/** A file as a project sees it, and the place in another file that stands for it. */
export interface BroughtInView {
  readonly view: ProjectView;
  readonly at: Place;
}

/**
 * A compose file in its surroundings: what it means, and what is said about its networks. There is one for each project
 * of the file, and it lasts for a turn of the event loop: all rules share it.
 */
export class ProjectView {
  readonly project: Project;
  readonly #sources: ViewSources;
  readonly #placed: PlacedProject;
  #ownPlan: Plan | undefined;
  #ports: ProjectPorts | undefined;

  constructor(
    readonly file: ComposeFile,
    placed: PlacedProject,
    readonly reading: PolicyReading,
    /** What all other compose files have to do with this one. */
    readonly wholeWorkspace: WholeWorkspace,
    sources: ViewSources,
  ) {
    this.project = placed.project;
    this.#placed = placed;
    this.#sources = sources;
  }

  /** Whether Compose does not start the project with the file: another file brings it in. */
  get isReader(): boolean {
    return this.#placed.isReader === true;
  }

  /** Where ESLint shows what is wrong in the file, when that is in another one. */
  get shownAt(): Place | undefined {
    return shownPlaceOf(this.project, this.file.source.path);
  }

  /** Whether somebody names the faults of the policy anyway. */
  get tellsPolicyFaults(): boolean {
    return this.#sources.tellsPolicyFaults;
  }

  /** `YYYY-MM-DD`. */
  get today(): string {
    return this.#sources.today;
  }

  /** Whether someone said, in a policy without faults, where subnets may be taken from. Else a subnet is only ever suggested. */
  get poolsDeclared(): boolean {
    const { reading } = this;
    if (reading.kind !== "policy" || !reading.scoped.hasId || faultsOf(reading).length > 0) return false;
    return reading.scoped.policy.pools.length > 0;
  }

  /** What paths of the policy are relative to; the top of the work tree where there is none. */
  get root(): string {
    return this.wholeWorkspace.territory.root;
  }

  /** The findings that somebody knows of. */
  get baseline(): Baseline {
    return this.#sources.baselineIn(this.root);
  }

  /** The plan as if there were no other file. */
  ownPlan(): Plan {
    const { root, scoped } = this.wholeWorkspace.territory;
    this.#ownPlan ??= planSubnets(
      claimsOf(
        this.project,
        (network) => ({ words: this.#wordsFor(network), attachments: network.attachments }),
        root,
        this.#sources.cwd,
      ),
      planSpaceOf(scoped),
    );
    return this.#ownPlan;
  }

  /** The project's directory as the plan knows it. */
  get directory(): string {
    return relativePath(this.wholeWorkspace.territory.root, this.project.directory);
  }

  /** The key under which that plan knows a network. */
  ownClaimKey(network: Pick<Network, "key" | "writtenName">, family: Family): string {
    return claimKey(this.#wordsFor(network), family);
  }

  #wordsFor(network: Pick<Network, "key" | "writtenName">): string {
    const identity = identityOf(this.project, network.key, writtenNameOf(network));
    return hashedWords(identity, scopeOf(this.wholeWorkspace.territory));
  }

  /** @param subnet Undefined when Docker is to choose it. */
  exceptionFor(network: string, subnet: Prefix | undefined): AllowEntry | undefined {
    if (this.reading.kind !== "policy") return undefined;
    const { policy, root } = this.reading.scoped;
    const file = relativePath(root, this.file.source.path);
    return isAllowed(policy, { file, network, subnet }, this.today);
  }

  /** @param path Absolute. */
  exists(path: string): boolean {
    return this.#sources.exists(path);
  }

  /** The names of the files in the project's directory. */
  namesBeside(): readonly string[] {
    return [...this.#sources.names(this.project.directory)];
  }

  /** What the file being looked at says as a forbidden-ranges file, with all that it extends. */
  readAsPolicy(): PolicyReading {
    return this.#sources.readAsPolicy(this.file);
  }

  /** The policy that would hold if the file being looked at were not one. */
  policyAbove(): string | undefined {
    return this.#sources.policyAbove(this.file.source.path);
  }

  /** What the entries of that file are about; undefined where that can't be told. It looks at every YAML file. */
  reachOverAllFiles(): Reach | undefined {
    return this.#sources.reachFrom(directoryOf(this.file.source.path));
  }

  /** Read only when asked for: most checks are about networks alone. */
  publishedPorts(): ProjectPorts {
    this.#ports ??= this.#sources.portsOf(this.file, this.#placed);
    return this.#ports;
  }

  /** Where the value of a variable comes from. */
  placesOfVariable(variable: string): VariablePlaces {
    return this.#sources.placesOfVariable(this.project, variable);
  }

  /** A path as messages show it. */
  display(path: string): string {
    return shownPath(this.#sources.cwd, path);
  }
}
