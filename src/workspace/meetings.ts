import { excludeEachOther } from "../compose/engine/host-claims.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { baseName } from "../kit/paths.js";
import type { Place, Source } from "../kit/source.js";
import { DEFAULT_FILE_NAMES } from "./projects/project-set.js";

/** A network of a project, and what is said of it there. */
export interface Participant {
  readonly project: Project;
  readonly network: Network;
  readonly place: Place;
}

/**
 * Whether two networks of different projects may be there at the same time.
 *
 * Not when the engine would take both for one network, or when one line is read for both. Projects that share a file are
 * variants of one. A part of a project says too little. Two projects that want the same port or container name never run
 * together either, unless the policy puts both on one host.
 */
export function mayMeet(
  one: Participant,
  other: Participant,
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
  return isDeclared || !excludeEachOther(one.project, other.project);
}

/**
 * Whether two files describe one network for different occasions, or are meant for one project: those of one directory,
 * and those whose names Compose does not look for, so that somebody passes them with `-f`.
 */
export function areAlternatives(one: Participant, other: Participant): boolean {
  if (one.network.key !== other.network.key) return false;
  return (
    one.project.directory === other.project.directory || isPassedByName(one.project) || isPassedByName(other.project)
  );
}

/** Of several files, something that is written down says that they run together. */
function isPassedByName({ main }: Project): boolean {
  return main.length === 1 && !main.some(({ source }) => DEFAULT_FILE_NAMES.includes(baseName(source.path)));
}
