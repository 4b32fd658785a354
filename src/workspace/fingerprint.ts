import { directoryOf } from "../compose/paths.js";
import { createHash } from "node:crypto";

import { findPolicyFile } from "../policy/find-policy-file.js";
import { loadPolicy } from "../policy/load-policy.js";
import { findComposeFiles } from "./discover.js";
import { createDisk } from "./disk.js";
import type { WorkspaceOptions } from "./workspace.js";

/**
 * A short text that changes when anything changes that a finding may depend on beside the file it is in: the
 * forbidden ranges with all that they extend, every compose file of the workspace, and the `.env` files beside them.
 *
 * ESLint puts it into the key of its cache, which knows nothing of other files.
 */
export function workspaceFingerprint({ cwd, ranges, today }: WorkspaceOptions): string {
  const disk = createDisk();
  const hash = createHash("sha256").update(today ?? new Date().toISOString().slice(0, 10));
  const add = (path: string): void => void hash.update(`\0${path.slice(cwd.length)}\0`).update(disk.read(path) ?? "");
  const composeFiles = findComposeFiles(cwd);
  const exists = (path: string): boolean => disk.version(path) !== undefined;

  const policies = new Set(ranges === undefined ? [] : [ranges]);
  for (const path of ranges === undefined ? [...composeFiles, `${cwd}/compose.yaml`] : []) {
    const policy = findPolicyFile(path, cwd, exists);
    if (policy !== undefined) policies.add(policy);
  }
  for (const policy of policies) {
    const loaded = loadPolicy(policy, disk);
    for (const path of loaded.ok ? loaded.value.files : [policy]) add(path);
  }
  for (const path of composeFiles) add(path);
  for (const directory of new Set(composeFiles.map(directoryOf))) add(`${directory}/.env`);
  return hash.digest("base64url").slice(0, 22);
}
