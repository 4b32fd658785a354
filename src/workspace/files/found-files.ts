import { byCodeUnits } from "../../kit/order.js";
import { isComposeFileName } from "./compose-names.js";
import { isDaemonFileName } from "./file-kinds.js";
import type { NotChecked } from "./not-checked.js";

/** What lies below a folder, of whatever name. Paths are absolute, and begin with the folder as it was asked for. */
export interface Listing {
  readonly files: readonly string[];
  /** What has the name of a file and can't be read as one, or has no name which can be passed on. */
  readonly unusable: readonly NotChecked[];
  /** Folders that were not looked into. */
  readonly notChecked: readonly NotChecked[];
  readonly notes: readonly ListingNote[];
}

/** How a listing came about, where that is not as usual. */
export interface ListingNote {
  readonly path: string;
  /** The rest of a sentence that begins with the path. */
  readonly reason: string;
  readonly cure?: string;
}

/** Files below a directory. Paths are absolute, in a fixed order. */
export interface FoundFiles extends Pick<Listing, "notChecked" | "notes"> {
  readonly files: readonly string[];
  /** Those that are there, and that the policy leaves out. A folder that is left out as a whole may not be opened. */
  readonly ignored: readonly string[];
}

/** What policies leave out. */
export interface Ignored {
  has(path: string): boolean;
  /** Whether to ask for each folder below a directory. */
  maybeBelow(directory: string): boolean;
}

/**
 * @param isDeclared Whether a YAML file is a compose file, whatever it is called.
 * @param ignored What the policy leaves out.
 */
export type FindFiles = (directory: string, isDeclared: (path: string) => boolean, ignored?: Ignored) => FoundFiles;

export const NOTHING_IGNORED: Ignored = { has: () => false, maybeBelow: () => false };

/** Lists what lies below a directory, as a disk does. */
type ListFiles = (directory: string, isIgnored?: (folder: string) => boolean) => Listing;

/** A folder that a policy leaves out is not opened. */
export function listed(list: ListFiles, directory: string, ignored: Ignored): Listing {
  return ignored.maybeBelow(directory) ? list(directory, (folder) => ignored.has(folder)) : list(directory);
}

type Wanted = (path: string) => boolean;

export function composeFilesAmong(listing: Listing, isDeclared: Wanted, ignored: Ignored): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDeclared(path), ignored);
}

/** With the files that set up the daemons: all that a check is about. */
export function checkedFilesAmong(listing: Listing, isDeclared: Wanted, ignored: Ignored): FoundFiles {
  return among(listing, (path) => isComposeFileName(path) || isDaemonFileName(path) || isDeclared(path), ignored);
}

/** YAML files of any wanted name: each of them may be about networks. */
export function among({ files, unusable, notChecked, notes }: Listing, isWanted: Wanted, ignored: Ignored): FoundFiles {
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
