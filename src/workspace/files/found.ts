/** Paths are relative to the folder that was walked. */
export interface Walked {
  readonly files: readonly string[];
  /** Files whose paths are not UTF-8, as a text can show them. */
  readonly notUtf8: readonly string[];
  /** FIFOs, sockets and devices: what has a name as a file has, and is none. */
  readonly special: readonly string[];
  /** Folders with a repository of their own, which were not entered. */
  readonly repositories: readonly string[];
  readonly unopened: readonly Unopened[];
  /** Lists of patterns that are too long. What they leave out is among the files. */
  readonly longLists: readonly string[];
}

/** What lies below a folder, of whatever name. Paths are relative to the folder. */
export interface Found extends Walked {
  /** Repositories that are part of the one around them: what lies in each is not among the files. */
  readonly parts: readonly string[];
}

/** A folder that could not be looked into. */
export interface Unopened extends OpeningFault {
  readonly path: string;
}

interface OpeningFault {
  /** The rest of a sentence that begins with the path. */
  readonly reason: string;
  readonly isTooLong: boolean;
}

/** @param why The system's words or its code. */
export function faultOf(why: string): OpeningFault {
  if (/^(?:File name too long|ENAMETOOLONG)$/.test(why)) {
    return { reason: "has a path that is too long for this system", isTooLong: true };
  }
  const words = /^(?:EACCES|EPERM)$/.test(why) ? "permission denied" : why.toLowerCase();
  return { reason: `can't be opened (${words})`, isTooLong: false };
}

/** Installed packages are nobody's own projects, and nobody ignores them in each folder. */
export function isInDependencies(path: string): boolean {
  return path.includes("node_modules/") && /(?:^|\/)node_modules\//.test(path);
}
