import type { ComposeFile } from "../compose/compose-file.js";
import type { Project } from "../compose/project.js";
import { byCodeUnits } from "./discover.js";
import type { FileIndex } from "./file-index.js";
import { claimsOf, identityOf, planSubnets, type Claim, type Plan } from "./plan.js";
import { planSpaceOf } from "./plan-space.js";
import { rateLimited } from "./rate-limit.js";
import type { PolicyReading, ScopedPolicy } from "./scoped-policy.js";

interface Surroundings {
  projectOf(file: ComposeFile): Project;
  policyFor(path: string): PolicyReading;
  /** The directory that paths in messages start from. */
  readonly cwd: string;
  composeFilesBelow(directory: string): readonly string[];
}

interface Survey {
  readonly projects: ReadonlyMap<string, Project>;
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly plan: Plan;
}

/**
 * The plans of a workspace, one for each policy. A plan looks at every compose file below the policy's directory, so
 * that the answer for one file is the same whether it is linted alone or with all the others.
 */
export class PlanBook {
  readonly #surveys = new WeakMap<ScopedPolicy, () => Survey>();

  constructor(
    readonly index: FileIndex,
    readonly surroundings: Surroundings,
  ) {}

  /** The plan of all files as they lie on the disk. */
  planBelow(scoped: ScopedPolicy): Plan {
    return this.#surveyOf(scoped).plan;
  }

  planFor(file: ComposeFile, scoped: ScopedPolicy): Plan {
    const survey = this.#surveyOf(scoped);
    const { path } = file.source;
    const project = this.surroundings.projectOf(file);
    if (survey.projects.get(path) === project) return survey.plan;
    const own = claimsOf(project, identityOf(project, scoped), scoped.root, this.surroundings.cwd);
    if (sameClaims(survey.claims.get(path) ?? [], own)) return survey.plan;
    return planOf(withOwn(path, own, survey), scoped);
  }

  #surveyOf(scoped: ScopedPolicy): Survey {
    let survey = this.#surveys.get(scoped);
    if (!survey) {
      survey = this.#surveyor(scoped);
      this.#surveys.set(scoped, survey);
    }
    return survey();
  }

  #surveyor(scoped: ScopedPolicy): () => Survey {
    const list = rateLimited(() => this.surroundings.composeFilesBelow(scoped.root));
    let last: Survey | undefined;
    return rateLimited(() => {
      const projects = new Map<string, Project>();
      for (const path of list()) {
        const file = this.index.load(path);
        if (file && this.#sharesPolicy(path, scoped)) projects.set(path, this.surroundings.projectOf(file));
      }
      if (last && sameProjects(last.projects, projects)) return last;
      const claims = new Map(
        [...projects].map(([path, project]) => [
          path,
          claimsOf(project, identityOf(project, scoped), scoped.root, this.surroundings.cwd),
        ]),
      );
      last = { projects, claims, plan: planOf(claims, scoped) };
      return last;
    });
  }

  /** A policy further down has pools of its own. */
  #sharesPolicy(path: string, scoped: ScopedPolicy): boolean {
    const reading = this.surroundings.policyFor(path);
    return reading.kind === "policy" && reading.scoped.policy.file === scoped.policy.file;
  }
}

/** What the other files of a project say of the file as it was on the disk no longer counts. */
function withOwn(path: string, own: readonly Claim[], { claims, projects }: Survey): Map<string, readonly Claim[]> {
  const keys = new Set(own.map(({ key }) => key));
  const reads = (other: string): boolean =>
    projects.get(other)?.files.some(({ source }) => source.path === path) ?? false;
  const others = [...claims].map(([other, theirs]): [string, readonly Claim[]] => [
    other,
    reads(other) ? theirs.filter(({ key }) => !keys.has(key)) : theirs,
  ]);
  return new Map([...others, [path, own]]);
}

function planOf(claims: ReadonlyMap<string, readonly Claim[]>, scoped: ScopedPolicy): Plan {
  const inOrder = [...claims].sort(([left], [right]) => byCodeUnits(left, right)).flatMap(([, own]) => own);
  return planSubnets(inOrder, planSpaceOf(scoped));
}

function sameProjects(left: ReadonlyMap<string, Project>, right: ReadonlyMap<string, Project>): boolean {
  return left.size === right.size && [...left].every(([path, project]) => right.get(path) === project);
}

function sameClaims(left: readonly Claim[], right: readonly Claim[]): boolean {
  return (
    left.length === right.length &&
    left.every((claim, index) => {
      const other = right[index];
      return other && claim.key === other.key && JSON.stringify(claim, asText) === JSON.stringify(other, asText);
    })
  );
}

function asText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
