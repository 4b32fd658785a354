import { createHash } from "node:crypto";

import { directoryOf } from "../compose/paths.js";
import { findPolicyFile } from "../policy/find-policy-file.js";
import { loadPolicy } from "../policy/load-policy.js";
import { isComposeFileName } from "./compose-names.js";
import { byCodeUnits, findCheckedFiles } from "./discover.js";
import { createDisk, type Disk } from "./disk.js";
import { Environments } from "./environments.js";
import { FileIndex } from "./file-index.js";
import { ProjectBook } from "./project-book.js";
import type { WorkspaceOptions } from "./workspace.js";

/** Where one of these words stands, files of any name may belong to the project. */
const NAMES_OTHER_FILES = /\b(?:include|extends)\b/;

/**
 * A short text that changes when anything changes that a finding may depend on beside the file it is in: the
 * forbidden ranges with all that they extend, every compose file of the workspace with all that it includes and
 * extends, and the `.env` files beside them.
 *
 * ESLint puts it into the key of its cache, which knows nothing of other files.
 */
export function workspaceFingerprint({ cwd, ranges, today, compose = "2.40" }: WorkspaceOptions): string {
  const disk = createDisk();
  const { seen, ...recording } = recordingDisk(disk);
  const checkedFiles = findCheckedFiles(cwd);

  const policies = new Set(ranges === undefined ? [] : [ranges]);
  for (const path of ranges === undefined ? [...checkedFiles, `${cwd}/compose.yaml`] : []) {
    const policy = findPolicyFile(path, cwd, (candidate) => disk.exists(candidate));
    if (policy !== undefined) policies.add(policy);
  }
  for (const policy of policies) loadPolicy(policy, recording);

  const index = new FileIndex(recording);
  const projects = new ProjectBook(index, new Environments(recording), cwd, compose);
  for (const path of checkedFiles.filter(isComposeFileName)) {
    const environment = recording.read(`${directoryOf(path)}/.env`) ?? "";
    const mayReachFurther = NAMES_OTHER_FILES.test(recording.read(path) ?? "") || environment.includes("COMPOSE_FILE");
    const file = mayReachFurther ? index.load(path) : undefined;
    if (file) projects.projectOf(file);
  }

  const hash = createHash("sha256").update(today ?? new Date().toISOString().slice(0, 10));
  for (const [path, text] of [...seen].sort(([left], [right]) => byCodeUnits(left, right))) {
    hash.update(`\0${path.slice(cwd.length)}\0${text ?? "\0"}`);
  }
  return hash.digest("base64url").slice(0, 22);
}

/** A disk that notes every file that was asked for, missing ones too: they may be there the next time. */
function recordingDisk(disk: Disk): Disk & { readonly seen: ReadonlyMap<string, string | undefined> } {
  const seen = new Map<string, string | undefined>();
  const read = (path: string): string | undefined => {
    if (!seen.has(path)) seen.set(path, disk.read(path));
    return seen.get(path);
  };
  return {
    ...disk,
    seen,
    read,
    version(path) {
      read(path);
      return disk.version(path);
    },
  };
}
