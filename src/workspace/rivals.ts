import type { ComposeFile } from "../compose/read/compose-file.js";
import { excludeEachOther } from "../compose/engine/host-claims.js";
import { baseName, directoryOf } from "../kit/paths.js";
import {
  conflictBetween,
  pinnedSubnets,
  sameSubnet,
  type Conflict,
  type PinnedSubnet,
} from "../compose/engine/conflicts.js";
import type { Project } from "../compose/project/project.js";
import { rangeOf } from "../ipam/prefix.js";
import type { Source } from "../kit/source.js";
import { UNNAMED_HOST } from "../policy/hosts.js";
import { DEFAULT_FILE_NAMES } from "./projects/project-set.js";
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

interface Surroundings {
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
    readonly surroundings: Surroundings,
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

/**
 * Whether two networks of different projects may be there at the same time.
 *
 * Not when the engine would take both for one network, or when one line is read for both. Files that describe the same
 * network may stand for different occasions, or be meant for one project: those of one directory, and those whose names
 * Compose does not look for, so that somebody passes them with `-f`. Projects that share a file are variants of one. A
 * part of a project says too little. Two projects that want the same port or container name never run together either,
 * unless the policy puts both on one host.
 */
function mayMeet(
  one: PinnedSubnet,
  other: PinnedSubnet,
  isDeclared: boolean,
  identityOf: (path: string) => string,
): boolean {
  const isSameFile = (left: Source, right: Source): boolean =>
    left.path === right.path || identityOf(left.path) === identityOf(right.path);
  if (one.network.name === other.network.name) return false;
  if (one.place.span[0] === other.place.span[0] && isSameFile(one.place.source, other.place.source)) return false;
  if (one.project.fragment !== undefined || other.project.fragment !== undefined) return false;
  if (one.project.main.some(({ source }) => other.project.main.some((file) => isSameFile(file.source, source)))) {
    return false;
  }
  const areAlternatives =
    one.project.directory === other.project.directory || isPassedByName(one.project) || isPassedByName(other.project);
  if (areAlternatives && one.network.key === other.network.key && sameSubnet(one, other)) return false;
  return isDeclared || !excludeEachOther(one.project, other.project);
}

/** Of several files, something that is written down says that they run together. */
function isPassedByName({ main }: Project): boolean {
  return main.length === 1 && !main.some(({ source }) => DEFAULT_FILE_NAMES.includes(baseName(source.path)));
}
