import type { ComposeFile } from "../../compose/read/compose-file.js";
import type { Project } from "../../compose/project/project.js";
import { remembered } from "../../kit/remember.js";
import { byCodeUnits } from "../../kit/order.js";
import type { EngineNetworkBook } from "../engine-networks/engine-network-book.js";
import type { EngineNetworks } from "../engine-networks/engine-networks.js";
import { claimsOf, planSubnets, type Plan } from "./plan.js";
import { planSpaceOf, type PlanSpace } from "./plan-space.js";
import { takenElsewhere } from "./taken-elsewhere.js";
import { sameItems, type Survey, type SurveyBook } from "../surveys.js";
import type { Territory } from "../territory.js";
import type { Claim } from "./claim.js";

interface Planned {
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly networks: EngineNetworks;
  readonly space: PlanSpace;
  readonly plan: Plan;
}

/** The plans of a workspace, one for each territory. */
export class PlanBook {
  readonly #planned = new WeakMap<Survey, Planned>();

  constructor(
    readonly surveys: SurveyBook,
    readonly engineNetworks: EngineNetworkBook,
    readonly territoryOf: (path: string) => Territory,
    /** The directory that paths in messages start from. */
    readonly cwd: string,
  ) {}

  /** The plan of all files as they lie on the disk. */
  planBelow(territory: Territory): Plan {
    return this.#planOf(this.surveys.survey(territory), territory).plan;
  }

  /** @param projects All that the file, as it is being looked at, belongs to. */
  planFor(file: ComposeFile, projects: readonly Project[], territory: Territory): Plan {
    const survey = this.surveys.survey(territory);
    const { claims, networks, space, plan } = this.#planOf(survey, territory);
    const { path } = file.source;
    const known = survey.get(path) ?? [];
    if (sameItems(projects, known)) return plan;
    // A file that others read is a part of their projects, and of none that begins with it.
    if (projects.every((project) => networks.has(project)) && known.every((project) => projects.includes(project))) {
      return plan;
    }
    const own = this.#claimsOf(projects, territory, this.engineNetworks.lookingAt(path, projects));
    if (sameClaims(claims.get(path) ?? [], own)) return plan;
    return planOf(withOwn(path, own, claims, survey), space);
  }

  #planOf(survey: Survey, territory: Territory): Planned {
    const networks = this.engineNetworks.onDisk(territory.scoped?.below ?? territory.root);
    let planned = this.#planned.get(survey);
    if (planned?.networks !== networks) {
      const ofProject = remembered((project: Project) => this.#claimsOf([project], territory, networks));
      const claims = new Map(
        [...survey].map(([path, projects]) => {
          const [only = [], ...others] = projects.map(ofProject);
          return [path, others.length === 0 ? only : [only, ...others].flat()];
        }),
      );
      const space = this.#spaceOf(territory, survey, networks);
      planned = { claims, networks, space, plan: planOf(claims, space) };
      this.#planned.set(survey, planned);
    }
    return planned;
  }

  /** Other policies of the work tree may have the same pools. */
  #spaceOf(territory: Territory, survey: Survey, networks: EngineNetworks): PlanSpace {
    const { scoped, root } = territory;
    const elsewhere = takenElsewhere(territory, survey, {
      everything: this.surveys.everythingAround(scoped?.below ?? root),
      networks,
      territoryOf: this.territoryOf,
      planBelow: (other) => this.planBelow(other),
      cwd: this.cwd,
    });
    return { ...planSpaceOf(scoped), elsewhere };
  }

  #claimsOf(projects: readonly Project[], territory: Territory, networks: EngineNetworks): Claim[] {
    const { root } = territory;
    return projects.flatMap((project) =>
      claimsOf(project, (network) => networks.claimantOf(project, network, territory), root, this.cwd),
    );
  }
}

/** What the other files of a project say of the file as it was on the disk no longer counts. */
function withOwn(
  path: string,
  own: readonly Claim[],
  claims: ReadonlyMap<string, readonly Claim[]>,
  survey: Survey,
): Map<string, readonly Claim[]> {
  const keys = new Set(own.map(({ key }) => key));
  const reads = (other: string): boolean =>
    survey.get(other)?.some(({ files }) => files.some(({ source }) => source.path === path)) ?? false;
  const others = [...claims].map(([other, theirs]): [string, readonly Claim[]] => [
    other,
    reads(other) ? theirs.filter(({ key }) => !keys.has(key)) : theirs,
  ]);
  return new Map([...others, [path, own]]);
}

function planOf(claims: ReadonlyMap<string, readonly Claim[]>, space: PlanSpace): Plan {
  const inOrder = [...claims].sort(([left], [right]) => byCodeUnits(left, right)).map(([, own]) => own);
  // The files of one project have the same claims.
  return planSubnets([...new Set(inOrder)].flat(), space);
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
