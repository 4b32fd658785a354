import {
  checkedFilesAmong,
  composeFilesAmong,
  listed,
  NOTHING_IGNORED,
  type FindFiles,
  type FoundFiles,
  type Ignored,
  type Listing,
} from "./found-files.js";
import { listFiles } from "./list-files.js";

/** All compose files below a directory that git does not ignore. */
export function findComposeFiles(
  directory: string,
  isDeclared = NAMES_DECIDE,
  ignored: Ignored = NOTHING_IGNORED,
): FoundFiles {
  return composeFilesAmong(listed(listFiles, directory, ignored), isDeclared, ignored);
}

/** As `findComposeFiles`, with the files that set up the daemons: all that a check is about. */
export function findCheckedFiles(directory: string, isDeclared = NAMES_DECIDE): FoundFiles {
  return checkedFilesAmong(listFiles(directory), isDeclared, NOTHING_IGNORED);
}

const NAMES_DECIDE: Parameters<FindFiles>[1] = () => false;

/** For a run that is over before an answer gets old: each directory is looked through once for both. */
export function findFilesOnce(): Record<"compose" | "checked", FindFiles> {
  const found = new Map<string, Listing>();
  const below = (directory: string, ignored: Ignored): Listing => {
    const listing = found.get(directory) ?? listed(listFiles, directory, ignored);
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
