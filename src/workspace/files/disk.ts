import type { Result } from "../../kit/result.js";
import type { FileRole } from "./file-limits.js";
import type { Listing } from "./found-files.js";
import type { ReadFault } from "./read-fault.js";

/**
 * What the workspace asks of a disk. Paths are absolute, with `/`. The host hands one in: the real one, one in memory,
 * or the real one below the texts that an editor has open.
 */
export interface Disk {
  /** The text of a file, without a byte order mark, or undefined when it can't be read. */
  read(path: string, role?: FileRole): string | undefined;
  /** The file as it is, for whoever writes it back. */
  readBytes(path: string, role?: FileRole): Result<Uint8Array, ReadFault>;
  exists(path: string): boolean;
  /** The names in a directory. */
  names(directory: string): ReadonlySet<string>;
  /** Changes when the file does; undefined when there is no such file. */
  version(path: string): string | undefined;
  /** The file that a path leads to, whatever links are on the way; undefined when it can't be read. */
  resolve(path: string): ResolvedFile | undefined;
  /** The top of the workspace that a directory belongs to. */
  topOf(directory: string): string;
  /** Whether the top of a directory's workspace is that of a git work tree. */
  isWorkTree(directory: string): boolean;
  /** Whether there is a file that nobody but the user, or root, can have put there. */
  isOfUser(path: string): boolean;
  /** Whether one file may bring in another one, as `include` and `extends` do. */
  reaches(asking: string, path: string): boolean;
  /** A number that stays the same as long as the answers above do. */
  turn(): number;
  /** Why nothing below a directory may be read; undefined when it may. */
  refusal(directory: string): ReadFault | undefined;
  /** What was asked for, is there, and was not read. */
  faults(): ReadonlyMap<string, ReadFault>;
  /**
   * The files below a directory that git does not ignore.
   *
   * @param isIgnored Whether a folder is neither opened nor missed, by its path as a listing shows it.
   */
  filesBelow(directory: string, isIgnored?: (folder: string) => boolean): Listing;
  /** Looks at files that nobody asked about: what can't be read of them is not noted. */
  quietly<Seen>(look: () => Seen): Seen;
  /** The same disk for a workspace, in which nothing leads out of it. */
  within(bounds: DiskBounds): Disk;
}

/** A regular file, whatever links lead to it. */
export interface ResolvedFile {
  /** Without a link in it. Absolute, with `/`. */
  readonly real: string;
  /** The same for each name of one file. */
  readonly identity: string;
  /** Changes when the file does. */
  readonly version: string;
  /** The name itself is a link, rather than a folder on the way. */
  readonly isLink: boolean;
}

/** Where files may be read and written. Paths are absolute, with `/`. */
export interface Bounds {
  readonly cwd: string;
  /** Directories outside of the work tree that somebody allowed on the command line or in a setting. */
  readonly allowOutside?: readonly string[] | undefined;
  /** The policy file that was named; it may extend the files of its own folder. */
  readonly ranges?: string | undefined;
  /** Files and directories as they were typed. One that lies elsewhere is allowed by that. */
  readonly named?: readonly string[] | undefined;
}

export interface DiskBounds extends Bounds {
  /** Bytes; longer files are read too, up to this many. */
  readonly maxFileSize?: number | undefined;
}
