import type { ComposeFile } from "../compose/read/compose-file.js";
import { directoryOf } from "../kit/paths.js";
import {
  conflictBetween,
  pinnedSubnets,
  sameSubnet,
  type Conflict,
  type PinnedSubnet,
} from "../compose/engine/conflicts.js";
import type { Project } from "../compose/project/project.js";
import { rangeOf } from "../ipam/prefix.js";
import { UNNAMED_HOST } from "../policy/hosts.js";
import { areAlternatives, mayMeet } from "./meetings.js";
import { SubnetIndex } from "./subnet-index.js";
import type { Survey, SurveyBook } from "./surveys.js";
import { hostsOfProject, type Territory } from "./territory.js";

/** A subnet of another project that can't exist on the same host at the same time. */
export interface Rival {
  readonly pinned: PinnedSubnet;
  readonly conflict: Conflict;
  /** Undefined when nobody said on which host either of the two runs. */
  readonly host: string | undefined;
}

export interface Encounters {
  /** The same for each name of one file. */
  identityOf(path: string): string;
  territoryOf(path: string): Territory;
  /** Whether the policy that holds for a file has a fault. What it says about hosts is unknown then. */
  isFaulty(path: string): boolean;
}

/** Which projects of a work tree may meet on a host, whichever policies hold for them, and which of their subnets overlap then. */
export class RivalBook {
  readonly #indexes = new WeakMap<Survey, ReadonlyMap<string, SubnetIndex>>();

  constructor(
    readonly surveys: Pick<SurveyBook, "everythingAround">,
    readonly surroundings: Encounters,
  ) {}

  /** @param own A subnet of the project that `file`, as it is being looked at, belongs to. */
  rivalOf(own: PinnedSubnet, file: ComposeFile, territory: Territory): Rival | undefined {
    const { path } = file.source;
    const survey = this.surveys.everythingAround(directoryOf(path));
    const onDisk = survey.get(path) ?? [];
    const indexes = this.#indexesOf(survey);
    for (const host of hostsOfProject(own.project, territory)) {
      const pinned = indexes
        .get(host)
        ?.first(
          rangeOf(own.subnet.prefix),
          (other) =>
            !onDisk.includes(other.project) &&
            other.project !== own.project &&
            conflictBetween(own, other) !== undefined &&
            !isAlternativePin(own, other) &&
            mayMeet(own, other, host !== UNNAMED_HOST, (named) => this.surroundings.identityOf(named)),
        );
      const conflict = pinned && conflictBetween(own, pinned);
      if (conflict) return { pinned, conflict, host: host === UNNAMED_HOST ? undefined : host };
    }
    return undefined;
  }

  #indexesOf(survey: Survey): ReadonlyMap<string, SubnetIndex> {
    let indexes = this.#indexes.get(survey);
    if (!indexes) {
      indexes = this.#indexByHost(survey);
      this.#indexes.set(survey, indexes);
    }
    return indexes;
  }

  #indexByHost(survey: Survey): ReadonlyMap<string, SubnetIndex> {
    const seen = new Set<Project>();
    const byHost = new Map<string, PinnedSubnet[]>();
    for (const [path, projects] of survey) {
      for (const project of projects) {
        if (seen.has(project)) continue;
        seen.add(project);
        const pinned = pinnedSubnets(project);
        if (pinned.length === 0 || this.surroundings.isFaulty(path)) continue;
        for (const host of hostsOfProject(project, this.surroundings.territoryOf(path))) {
          const known = byHost.get(host);
          if (known) known.push(...pinned);
          else byHost.set(host, [...pinned]);
        }
      }
    }
    return new Map([...byHost].map(([host, pinned]) => [host, new SubnetIndex(pinned)]));
  }
}

/** Files that describe the same network may stand for different occasions. */
function isAlternativePin(one: PinnedSubnet, other: PinnedSubnet): boolean {
  return sameSubnet(one, other) && areAlternatives(one, other);
}
