import { createHash } from "node:crypto";

import { directoryOf, isWithin, joinPath } from "../../kit/paths.js";
import { BASELINE_NAME } from "../../policy/baseline/baseline-file.js";
import { readPolicy } from "../../policy/load-policy.js";
import type { Policy } from "../../policy/policy.js";
import { declarationsOf, isDeclared, type RootedPolicy } from "../projects/declarations.js";
import { byCodeUnits } from "../../kit/order.js";
import { checkedFilesAmong, NOTHING_IGNORED } from "./found-files.js";
import type { Disk } from "./disk.js";
import { Environments } from "./environments.js";
import { FileIndex } from "./file-index.js";
import { isDaemonFileName } from "./file-kinds.js";
import { relativePath } from "./paths.js";
import { policyFilesOn } from "./policy-files.js";
import { PolicyLookup } from "../policy-lookup.js";
import { ProjectBook } from "../projects/project-book.js";
import { filesNamedBy, setNamedIn } from "../projects/project-set.js";
import { namesOthers, startingFolders } from "../projects/readers.js";
import type { WorkspaceOptions } from "../workspace-options.js";

/**
 * A short text that changes when anything changes that a finding may depend on beside the file it is in: the
 * forbidden ranges with all that they extend, every compose file of the workspace with all that it includes and
 * extends, and the `.env` files beside them.
 *
 * ESLint puts it into the key of its cache, which knows nothing of other files.
 */
export function workspaceFingerprint(options: WorkspaceOptions, wholeDisk: Disk): string {
  const { cwd, ranges, today, compose, variables } = options;
  const disk = wholeDisk.within(options);
  const { seen, ...recording } = recordingDisk(disk);
  const policies = new Map<string, Policy | undefined>();
  const lookup = new PolicyLookup(disk, cwd);
  const policyFor = (path: string): RootedPolicy | undefined => {
    const found = ranges ?? lookup.nearest(path);
    if (found === undefined) {
      recording.read(joinPath(lookup.topOf(path), BASELINE_NAME));
      return undefined;
    }
    if (!policies.has(found)) {
      policies.set(found, readPolicy(found, policyFilesOn(recording)).policy);
    }
    const policy = policies.get(found);
    const folder = directoryOf(found);
    const root = isWithin(path, folder) ? folder : lookup.topOf(path);
    recording.read(joinPath(root, BASELINE_NAME));
    return policy && { policy, root };
  };
  policyFor(`${cwd}/compose.yaml`);
  const isNamed = (path: string): boolean => isDeclared(declarationsOf(policyFor(path)), path);

  const index = new FileIndex(recording);
  const call = { version: compose, variables };
  const environments = new Environments(recording);
  const top = disk.topOf(cwd);
  const projects = new ProjectBook(index, environments, call, policyFor);
  const { files } = checkedFilesAmong(disk.filesBelow(top), isNamed, NOTHING_IGNORED);
  for (const folder of startingFolders(files, top)) {
    const ofFolder = environments.read(`${folder}/.env`);
    const paths = ofFolder && filesNamedBy(ofFolder, folder);
    if (paths) projects.projectIn(setNamedIn(folder, paths));
  }
  for (const path of files) {
    policyFor(path);
    if (isDaemonFileName(path)) continue;
    const environment = recording.read(`${directoryOf(path)}/.env`) ?? "";
    const mayReachFurther =
      namesOthers(recording.read(path) ?? "") || environment.includes("COMPOSE_FILE") || isNamed(path);
    const file = mayReachFurther ? index.load(path) : undefined;
    if (file) projects.projectsOf(file);
  }

  const hash = createHash("sha256").update(
    JSON.stringify([today ?? new Date().toISOString().slice(0, 10), compose, [...(variables ?? [])]]),
  );
  for (const [path, text] of [...seen].sort(([left], [right]) => byCodeUnits(left, right))) {
    hash.update(`\0${relativePath(top, path)}\0${text ?? "\0"}`);
  }
  return hash.digest("base64url").slice(0, 22);
}

/** A disk that notes every file that was asked for, missing ones too: they may be there the next time. */
function recordingDisk(disk: Disk): Disk & { readonly seen: ReadonlyMap<string, string | undefined> } {
  const seen = new Map<string, string | undefined>();
  const read: Disk["read"] = (path, role) => {
    if (!seen.has(path)) seen.set(path, disk.read(path, role));
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
