import { workspaceFingerprint } from "../workspace/files/fingerprint.js";
import { createDisk } from "../workspace/files/node-disk.js";
import type { WorkspaceOptions } from "../workspace/workspace-options.js";

/** What ESLint's cache must know of the files beside the one that it has linted. */
export function fingerprintOf(options: WorkspaceOptions): string {
  return workspaceFingerprint(options, createDisk());
}
