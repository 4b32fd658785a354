import type { ComposeVersion } from "../compose/load/loader.js";
import type { Variables } from "../compose/read/interpolate.js";
import type { FindFiles } from "./files/found-files.js";

export interface WorkspaceOptions {
  /** Absolute, with `/`: paths in messages are relative to it. */
  readonly cwd: string;
  /** A forbidden-ranges file for all compose files, instead of the nearest one. Absolute. */
  readonly ranges?: string | undefined;
  /** What tells this repository from others where the policy lies elsewhere, and it has none of its own that says so. */
  readonly id?: string | undefined;
  /** The day on which ranges and exceptions expire, `YYYY-MM-DD`; today in UTC unless given. */
  readonly today?: string | undefined;
  /** The version of Compose whose way of putting files together counts. */
  readonly compose?: ComposeVersion | undefined;
  /** Those of the shell that count: unless given none, so that the result is the same on every machine. */
  readonly variables?: Variables | undefined;
  /** The profiles that are enabled; all of them unless given. */
  readonly profiles?: readonly string[] | undefined;
  /** Directories outside of the work tree whose files may be read. Absolute. */
  readonly allowOutside?: readonly string[] | undefined;
  /** Globs of files and folders that nobody wants to hear of, relative to the working directory or absolute. */
  readonly exclude?: readonly string[] | undefined;
  /** Files and directories as somebody typed them. Absolute. */
  readonly named?: readonly string[] | undefined;
  /** Longer files than usual are read, up to this many bytes. */
  readonly maxFileSize?: number | undefined;
  /** Whoever asks names the faults of a policy once, and not at each of its compose files. */
  readonly tellsPolicyFaults?: boolean | undefined;
  /** Whoever asks watches the files, and says when to look at all of them again. */
  readonly saysWhenToLook?: boolean | undefined;
  /** Lists the compose files below a directory; asks the disk unless given. */
  readonly list?: FindFiles | undefined;
}
