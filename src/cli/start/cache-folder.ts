import { lstatSync, mkdirSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import path from "node:path";

const NAME = "compose-networks";

/** Of more paths than this none is looked at: such a run takes so long that its start does not matter. */
const MOST_NAMED = 500;

/**
 * Our folder in the folder for caches, if nobody but this user can have written what lies in it: V8 runs what a code
 * cache holds as it is. So it never lies in a checkout, or in what the run is about.
 *
 * @param named The working directory, and arguments that may be paths.
 * @param make Whether to make it.
 */
export function cacheFolder(location: string, named: readonly string[], make: boolean): string | undefined {
  try {
    const uid = process.geteuid?.();
    // Without owners and modes, only the place tells: below it, Windows lets nobody else write.
    if (uid === undefined && !isBelow(process.env["LOCALAPPDATA"], location)) return undefined;
    if (named.length > MOST_NAMED) return undefined;
    const mustNotHold = new Set(named.flatMap((name) => identityOf(name)));
    const isSafe = (folder: string): boolean => isOurs(folder, uid, mustNotHold);
    if (make) {
      const there = nearestThere(location);
      if (!isSafe(realpathSync(there))) return undefined;
      makeFolders(there, location);
    }
    const real = realpathSync(location);
    if (!isSafe(real)) return undefined;
    const folder = path.join(real, NAME);
    if (make) makeFolders(real, folder);
    const stats = lstatSync(folder, { bigint: true });
    const isPrivate = uid === undefined || (stats.uid === BigInt(uid) && (stats.mode & 0o077n) === 0n);
    return stats.isDirectory() && isPrivate && isFree(folder, stats, mustNotHold) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** @param real Without links. Each folder above it can be replaced by who can write to the one above that. */
function isOurs(real: string, uid: number | undefined, mustNotHold: ReadonlySet<string>): boolean {
  for (let folder = real; ; folder = path.dirname(folder)) {
    const stats = lstatSync(folder, { bigint: true });
    if (!stats.isDirectory() || !isFree(folder, stats, mustNotHold)) return false;
    if (uid !== undefined) {
      if (stats.uid !== 0n && stats.uid !== BigInt(uid)) return false;
      // In a folder with the sticky bit, such as /tmp, nobody replaces what is another's.
      if ((stats.mode & 0o022n) !== 0n && (stats.mode & 0o1000n) === 0n) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}

/** Neither the top of a checkout nor a path that was named. */
function isFree(folder: string, stats: BigIntStats, mustNotHold: ReadonlySet<string>): boolean {
  return (
    !mustNotHold.has(identity(stats)) && lstatSync(path.join(folder, ".git"), { throwIfNoEntry: false }) === undefined
  );
}

function identity({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** By what it is, and not by its name: there may be links on the way. */
function identityOf(name: string): string[] {
  try {
    const stats = statSync(name, { bigint: true });
    return stats.isDirectory() ? [identity(stats)] : [];
  } catch {
    return [];
  }
}

/** Node's own way to make all folders of a path never ends below /proc. */
function makeFolders(there: string, wanted: string): void {
  if (lstatSync(wanted, { throwIfNoEntry: false }) !== undefined) return;
  if (path.dirname(wanted) !== there) makeFolders(there, path.dirname(wanted));
  mkdirSync(wanted, { mode: 0o700 });
}

function nearestThere(location: string): string {
  let there = location;
  while (lstatSync(there, { throwIfNoEntry: false }) === undefined && there !== path.dirname(there)) {
    there = path.dirname(there);
  }
  return there;
}

function isBelow(folder: string | undefined, location: string): boolean {
  if (folder === undefined || !path.isAbsolute(folder)) return false;
  const way = path.relative(folder, location);
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
