import { isComposeFileName } from "./compose-names.js";
import { isDaemonFileName } from "./file-kinds.js";
import type { IgnoredFiles } from "../ignored-files.js";
import { listFiles, type Listing } from "./list-files.js";

/** Files below a directory. Paths are absolute, in a fixed order. */
export interface FoundFiles extends Pick<Listing, "notChecked" | "notes"> {
  readonly files: readonly string[];
  /** Those that are there, and that the policy leaves out. A folder that is left out as a whole may not be opened. */
  readonly ignored: readonly string[];
}

/**
 * @param isDeclared Whether a YAML file is a compose file, whatever it is called.
 * @param ignored What the policy leaves out.
 */
export type FindFiles = (
  directory: string,
  isDeclared: (path: string) => boolean,
  ignored?: Pick<IgnoredFiles, "has" | "maybeBelow">,
) => FoundFiles;

/** All compose files below a directory that git does not ignore. */
export function findComposeFiles(
  directory: string,
  isDeclared = NAMES_DECIDE,
  ignored: Ignored = NOTHING_IGNORED,
): FoundFiles {
  return composeFilesAmong(listed(directory, ignored), isDeclared, ignored);
}

/** As `findComposeFiles`, with the files that set up the daemons: all that a check is about. */
export function findCheckedFiles(directory: string, isDeclared = NAMES_DECIDE): FoundFiles {
  return checkedFilesAmong(listFiles(directory), isDeclared, NOTHING_IGNORED);
}

/** As `findCheckedFiles`, with YAML files of any name: each of them may be about networks. */
export function findFiles(directory: string): FoundFiles {
  return among(listFiles(directory), () => true, NOTHING_IGNORED);
}

type Ignored = NonNullable<Parameters<FindFiles>[2]>;

const NOTHING_IGNORED: Ignored = { has: () => false, maybeBelow: () => false };

function listed(directory: string, ignored: Ignored): Listing {
  return ignored.maybeBelow(directory) ? listFiles(directory, (folder) => ignored.has(folder)) : listFiles(directory);
}

const NAMES_DECIDE: Parameters<FindFiles>[1] = () => false;

/** For a run that is over before an answer gets old: each directory is looked through once for both. */
export function findFilesOnce(): Record<"compose" | "checked", FindFiles> {
  const found = new Map<string, Listing>();
  const below = (directory: string, ignored: Ignored): Listing => {
    const listing = found.get(directory) ?? listed(directory, ignored);
    found.set(directory, listing);
    return listing;
  };
  return {
    checked: (directory, isDeclared, ignored = NOTHING_IGNORED) =>
      checkedFilesAmong(below(directory, ignored), isDeclared, ignored),
    compose: (directory, isDeclared, ignored = NOTHING_IGNORED) =>
      composeFilesAmong(below(directory, ignored), isDeclared, ignored),
  };
}

type Wanted = (path: string) => boolean;

function composeFilesAmong(listing: Listing, isDeclared: Wanted, ignored: Ignored): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDeclared(path), ignored);
}

function checkedFilesAmong(listing: Listing, isDeclared: Wanted, ignored: Ignored): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDaemonFileName(path) || isDeclared(path), ignored);
}

function among({ files, unusable, notChecked, notes }: Listing, isWanted: Wanted, ignored: Ignored): FoundFiles {
  const kept: string[] = [];
  const leftOut: string[] = [];
  for (const path of files) {
    if (!isOfInterest(path)) continue;
    // Whoever asks what a file is looks into its folder, which may be closed.
    const isIgnored = ignored.has(path);
    if (isIgnored ? isComposeFileName(path) || isDaemonFileName(path) : isWanted(path)) {
      (isIgnored ? leftOut : kept).push(path);
    }
  }
  return {
    files: kept.sort(byCodeUnits),
    ignored: leftOut.sort(byCodeUnits),
    notChecked: [
      ...notChecked.filter(({ path }) => !ignored.has(path)),
      // A line feed makes no other kind of file of it.
      ...unusable.filter(
        ({ path }) => isOfInterest(path) && !ignored.has(path) && isWanted(path.replaceAll("\n", " ")),
      ),
    ],
    notes,
  };
}

function isOfInterest(path: string): boolean {
  return /\.ya?ml$/.test(path) || isDaemonFileName(path);
}

/** The same order on every machine, whatever its locale. */
export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
