import { isComposeFileName } from "./compose-names.js";
import { isDaemonFileName } from "./file-kinds.js";
import { listFiles, type Listing } from "./files/list-files.js";

/** Files below a directory. Paths are absolute, in a fixed order. */
export interface FoundFiles extends Pick<Listing, "notChecked" | "notes"> {
  readonly files: readonly string[];
}

/** @param isDeclared Whether a YAML file is a compose file, whatever it is called. */
export type FindFiles = (directory: string, isDeclared: (path: string) => boolean) => FoundFiles;

/** All compose files below a directory that git does not ignore. */
export function findComposeFiles(directory: string, isDeclared = NAMES_DECIDE): FoundFiles {
  return composeFilesAmong(listFiles(directory), isDeclared);
}

/** As `findComposeFiles`, with the files that set up the daemons: all that a check is about. */
export function findCheckedFiles(directory: string, isDeclared = NAMES_DECIDE): FoundFiles {
  return checkedFilesAmong(listFiles(directory), isDeclared);
}

/** As `findCheckedFiles`, with YAML files of any name: each of them may be about networks. */
export function findFiles(directory: string): FoundFiles {
  return among(listFiles(directory), () => true);
}

const NAMES_DECIDE: Parameters<FindFiles>[1] = () => false;

/** For a run that is over before an answer gets old: each directory is looked through once for both. */
export function findFilesOnce(): Record<"compose" | "checked", FindFiles> {
  const found = new Map<string, Listing>();
  const below = (directory: string): Listing => {
    const listing = found.get(directory) ?? listFiles(directory);
    found.set(directory, listing);
    return listing;
  };
  return {
    checked: (directory, isDeclared) => checkedFilesAmong(below(directory), isDeclared),
    compose: (directory, isDeclared) => composeFilesAmong(below(directory), isDeclared),
  };
}

function composeFilesAmong(listing: Listing, isDeclared: (path: string) => boolean): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDeclared(path));
}

function checkedFilesAmong(listing: Listing, isDeclared: (path: string) => boolean): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDaemonFileName(path) || isDeclared(path));
}

function among({ files, unusable, notChecked, notes }: Listing, isWanted: (path: string) => boolean): FoundFiles {
  return {
    files: files.filter((path) => isOfInterest(path) && isWanted(path)).sort(byCodeUnits),
    // A line feed makes no other kind of file of it.
    notChecked: [
      ...notChecked,
      ...unusable.filter(({ path }) => isOfInterest(path) && isWanted(path.replaceAll("\n", " "))),
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
