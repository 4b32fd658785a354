import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { createHost, type Host, type HostOptions } from "../corpus/host.js";
import { temporaryFolder } from "../temporary-folder.js";

const POLICY_FILE = "forbidden-ranges.yaml";

let workshop: string | undefined;
const made: string[] = [];

/** Files in a folder of their own: what a process has just read of others is none of the question. */
export function folderWith(texts: Iterable<readonly [file: string, text: string]>): string {
  workshop ??= temporaryFolder("laws");
  const root = mkdtempSync(path.join(workshop, "files-"));
  made.push(root);
  for (const [file, text] of texts) {
    const place = path.join(root, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
  return root;
}

/** Removes what `folderWith` has made so far. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
}

/** @param policy The text of the forbidden-ranges file that goes beside them. */
export function workspaceWith(policy: string, texts: Iterable<readonly [file: string, text: string]>): string {
  return folderWith([[POLICY_FILE, policy], ...texts]);
}

/** The rules over a folder that `workspaceWith` has made. */
export function hostIn(root: string, options: Omit<HostOptions, "root" | "ranges"> = {}): Host {
  return createHost({ root, ranges: path.join(root, POLICY_FILE), ...options });
}
