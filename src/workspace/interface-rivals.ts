import { interfaceClaimOf, type InterfaceClaim } from "../compose/engine/clashes.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { addTo } from "../kit/group.js";
import { directoryOf } from "../kit/paths.js";
import { UNNAMED_HOST } from "../policy/hosts.js";
import { areAlternatives, mayMeet, type Participant } from "./meetings.js";
import type { Encounters } from "./rivals.js";
import type { Survey, SurveyBook } from "./surveys.js";
import { hostsOfProject, type Territory } from "./territory.js";

/** A network of another project that wants the same interface of the host for itself. */
export interface InterfaceRival {
  readonly project: Project;
  readonly network: Network;
  readonly claim: InterfaceClaim;
  /** Undefined when nobody said on which host either of the two runs. */
  readonly host: string | undefined;
}

interface Claimant extends Participant {
  readonly claim: InterfaceClaim;
}

/** Of thousands of copies of one network, at least one of so many is a rival, or none is likely to be. */
const ENOUGH = 100;

/** Which networks of a work tree want one interface, where their projects may meet on a host. */
export class InterfaceRivalBook {
  readonly #claimants = new WeakMap<Survey, ReadonlyMap<string, readonly Claimant[]>>();

  constructor(
    readonly surveys: Pick<SurveyBook, "everythingAround">,
    readonly surroundings: Encounters,
  ) {}

  /** @param project One that `file`, as it is being looked at, belongs to. */
  rivalOf(project: Project, network: Network, file: ComposeFile, territory: Territory): InterfaceRival | undefined {
    const claim = interfaceClaimOf(network);
    if (!claim) return undefined;
    const own: Participant = { project, network, place: claim.at };
    const { path } = file.source;
    const survey = this.surveys.everythingAround(directoryOf(path));
    const onDisk = survey.get(path) ?? [];
    const identityOf = (named: string): string => this.surroundings.identityOf(named);
    const claimants = this.#claimantsOf(survey);
    for (const host of hostsOfProject(project, territory)) {
      const rival = (claimants.get(keyOf(host, claim)) ?? []).slice(0, ENOUGH).find((other) => {
        if (other.project === project || onDisk.includes(other.project)) return false;
        if (!claim.isExclusive && !other.claim.isExclusive) return false;
        return !areAlternatives(own, other) && mayMeet(own, other, host !== UNNAMED_HOST, identityOf);
      });
      if (rival) return { ...rival, host: host === UNNAMED_HOST ? undefined : host };
    }
    return undefined;
  }

  #claimantsOf(survey: Survey): ReadonlyMap<string, readonly Claimant[]> {
    let claimants = this.#claimants.get(survey);
    if (!claimants) {
      claimants = this.#lookAt(survey);
      this.#claimants.set(survey, claimants);
    }
    return claimants;
  }

  #lookAt(survey: Survey): ReadonlyMap<string, readonly Claimant[]> {
    const seen = new Set<Project>();
    const found = new Map<string, Claimant[]>();
    for (const [path, projects] of survey) {
      for (const project of projects) {
        if (seen.has(project)) continue;
        seen.add(project);
        const claims = claimsOf(project);
        if (claims.length === 0 || this.surroundings.isFaulty(path)) continue;
        for (const host of hostsOfProject(project, this.surroundings.territoryOf(path))) {
          for (const claimant of claims) addTo(found, keyOf(host, claimant.claim), claimant);
        }
      }
    }
    return found;
  }
}

function claimsOf(project: Project): readonly Claimant[] {
  return project.networks.flatMap((network): Claimant[] => {
    const claim = network.existence.kind === "created" ? interfaceClaimOf(network) : undefined;
    return claim ? [{ project, network, claim, place: claim.at }] : [];
  });
}

function keyOf(host: string, { key }: InterfaceClaim): string {
  return `${host}\n${key}`;
}
