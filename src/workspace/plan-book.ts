import type { ComposeFile } from "../compose/compose-file.js";
import type { Project } from "../compose/project.js";
import { byCodeUnits } from "./discover.js";
import { claimsOf, identityOf, planSpaceOf, planSubnets, type Claim, type Plan } from "./plan.js";
import type { Survey, SurveyBook, Territory } from "./survey.js";

interface Planned {
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly plan: Plan;
}

/** The plans of a workspace, one for each territory. */
export class PlanBook {
  readonly #planned = new WeakMap<Survey, Planned>();

  constructor(readonly surveys: SurveyBook) {}

  planFor(file: ComposeFile, project: Project, territory: Territory): Plan {
    const survey = this.surveys.survey(territory);
    const { claims, plan } = this.#planOf(survey, territory);
    const { path } = file.source;
    if (survey.get(path) === project) return plan;
    const own = claimsOf(project, identityOf(project, scopeOf(territory)));
    if (sameClaims(claims.get(path) ?? [], own)) return plan;
    return planOf(new Map(claims).set(path, own), territory);
  }

  #planOf(survey: Survey, territory: Territory): Planned {
    let planned = this.#planned.get(survey);
    if (!planned) {
      const scope = scopeOf(territory);
      const claims = new Map(
        [...survey].map(([path, project]) => [path, claimsOf(project, identityOf(project, scope))]),
      );
      planned = { claims, plan: planOf(claims, territory) };
      this.#planned.set(survey, planned);
    }
    return planned;
  }
}

/** What a project's identity is told from. */
export function scopeOf({ root, scoped }: Territory): { readonly root: string; readonly id: string } {
  return scoped ?? { root, id: "" };
}

function planOf(claims: ReadonlyMap<string, readonly Claim[]>, { scoped }: Territory): Plan {
  const inOrder = [...claims].sort(([left], [right]) => byCodeUnits(left, right)).flatMap(([, own]) => own);
  return planSubnets(inOrder, planSpaceOf(scoped));
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
