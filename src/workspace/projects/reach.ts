import type { ComposeFile } from "../../compose/read/compose-file.js";
import { joinPath, normalizePath } from "../../kit/paths.js";
import type { Project } from "../../compose/project/project.js";
import { hasWildcards, matchesGlob } from "../../kit/glob.js";
import { isComposeFileName } from "../files/compose-names.js";
import type { Disk } from "../files/disk.js";
import { fileKindOf } from "../files/file-kinds.js";
import { among, NOTHING_IGNORED } from "../files/found-files.js";
import { relativePath } from "../files/paths.js";

/** A file that an entry of a policy is about. */
export interface ReachedFile {
  readonly path: string;
  /** Those that it belongs to: none for a file that is none of Compose's, or can't be read. */
  readonly projects: readonly Project[];
}

/** The files that a path or glob of a policy means, which is relative to the policy's directory. */
export type Reach = (glob: string) => readonly ReachedFile[];

interface Sources {
  readonly disk: Pick<Disk, "exists" | "filesBelow">;
  readonly load: (path: string) => ComposeFile | undefined;
  readonly projectsOf: (file: ComposeFile) => readonly Project[];
  /** Whether a policy leaves out a file. It counts as there, and nobody looks. */
  readonly isIgnored: (path: string) => boolean;
}

/**
 * Looks at the files of any name below a policy: one that is checked only when it is named may have an exception too.
 *
 * @returns nothing where no compose file lies below: then others extend the policy, and its globs are about their files.
 */
export function reachOf(directory: string, { disk, load, projectsOf, isIgnored }: Sources): Reach | undefined {
  const { files } = among(disk.filesBelow(directory), () => true, NOTHING_IGNORED);
  if (!files.some((path) => isComposeFileName(path) && !isIgnored(path) && disk.exists(path))) return undefined;
  return (glob) => {
    const named = hasWildcards(glob)
      ? files.filter((path) => fits(glob, relativePath(directory, path)))
      : [joinPath(directory, glob)];
    return named
      .filter((path) => isIgnored(path) || disk.exists(path))
      .map((path) => {
        const file = fileKindOf(path) === "compose" && !isIgnored(path) ? load(path) : undefined;
        return { path, projects: file ? projectsOf(file) : [] };
      });
  };
}

function fits(glob: string, path: string): boolean {
  return matchesGlob(glob, normalizePath(path));
}
