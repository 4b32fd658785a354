import type { Variables } from "../../compose/read/interpolate.js";
import { remembered } from "../../kit/remember.js";
import { baseName, directoryOf, joinPath } from "../../kit/paths.js";
import { isOverrideFileName } from "../files/compose-names.js";

/** The files that Compose loads together. */
export interface ProjectSet {
  /** Absolute, in Compose's order. */
  readonly paths: readonly string[];
  /** The project directory: that of the first file. */
  readonly directory: string;
  /** The directory whose `.env` names the files in `COMPOSE_FILE`. */
  readonly startedIn?: string;
  /** The file is made to be laid over another one, and which that is nobody knows. */
  readonly isOverride: boolean;
  /** Somebody wrote down that the files run together. */
  readonly declared?: true;
  /** `docker stack deploy` runs it. */
  readonly stack?: true;
}

/** What the policy says about the files that run together. Paths are absolute. */
export interface Declarations {
  /** The projects that a path belongs to. */
  readonly projectsWith: (path: string) => readonly (readonly string[])[];
  readonly isStack: (path: string) => boolean;
}

/**
 * The projects that a file belongs to: those that the policy declares, or else the one that Compose finds.
 *
 * @param variables Of the `.env` file in the directory.
 */
export function projectSetsOf(
  path: string,
  { projectsWith, isStack }: Declarations,
  variables: Variables,
  exists: (path: string) => boolean,
): readonly ProjectSet[] {
  const declared = projectsWith(path).map((paths): ProjectSet => {
    const stack = hasStack(isStack)(paths) && { stack: true as const };
    return { paths, directory: directoryOf(paths[0] ?? path), isOverride: false, declared: true, ...stack };
  });
  if (declared.length > 0) return declared;
  if (!isStack(path)) return [projectSetOf(path, variables, exists)];
  return [{ paths: [path], directory: directoryOf(path), isOverride: false, stack: true }];
}

/** Each of the files of a project asks. */
const hasStack = remembered((isStack: Declarations["isStack"]) =>
  remembered((paths: readonly string[]) => paths.some(isStack)),
);

/** In Compose's order of preference. */
export const DEFAULT_FILE_NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
export const DEFAULT_OVERRIDE_NAMES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/**
 * The project that a file belongs to when `docker compose` is started in its directory: what `COMPOSE_FILE` in `.env`
 * names, else the base file and the override file beside it. A file that is in neither is a project of its own.
 *
 * @param variables Of the `.env` file in the directory.
 */
export function projectSetOf(path: string, variables: Variables, exists: (path: string) => boolean): ProjectSet {
  const directory = directoryOf(path);
  const chosen = filesNamedBy(variables, directory);
  if (chosen && hasPath(chosen, path)) return setNamedIn(directory, chosen);
  const beside = (names: readonly string[]): string | undefined =>
    names.map((name) => joinPath(directory, name)).find(exists);
  if (!chosen && (DEFAULT_FILE_NAMES.includes(baseName(path)) || DEFAULT_OVERRIDE_NAMES.includes(baseName(path)))) {
    const base = beside(DEFAULT_FILE_NAMES);
    const override = beside(DEFAULT_OVERRIDE_NAMES);
    if (base !== undefined && (path === base || path === override)) {
      return { paths: override === undefined ? [base] : [base, override], directory, isOverride: false };
    }
  }
  return { paths: [path], directory, isOverride: isOverrideFileName(path) };
}

/** The project that `COMPOSE_FILE` makes of files. */
export function setNamedIn(directory: string, paths: readonly string[]): ProjectSet {
  return { paths, directory: directoryOf(paths[0] ?? `${directory}/`), startedIn: directory, isOverride: false };
}

/** Two sets that are the same project have the same one. */
export function keyOfSet({ paths, startedIn, stack }: ProjectSet): string {
  return [startedIn ?? "", stack ?? "", joined(paths)].join("\n");
}

const joined = remembered((paths: readonly string[]) => paths.join("\n"));

/** Whether a path is one of those of a project, which may be hundreds, and each of them asks. */
export function hasPath(paths: readonly string[], path: string): boolean {
  return paths.length < FEW ? paths.includes(path) : setOf(paths).has(path);
}

const FEW = 8;
const setOf = remembered((paths: readonly string[]): ReadonlySet<string> => new Set(paths));

/** The files that `COMPOSE_FILE` names, where it is set: the same list for the same variables. */
export function filesNamedBy(variables: Variables, directory: string): readonly string[] | undefined {
  const value = variables.get("COMPOSE_FILE");
  if (value === undefined || value === "") return undefined;
  const lists = namedBy(variables);
  const named = lists.get(directory) ?? split(value, variables).map((path) => joinPath(directory, path));
  lists.set(directory, named);
  return named;
}

const namedBy = remembered<Variables, Map<string, readonly string[]>>(() => new Map());

function split(value: string, variables: Variables): string[] {
  return value.split(variables.get("COMPOSE_PATH_SEPARATOR") || ":");
}
