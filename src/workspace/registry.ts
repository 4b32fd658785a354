import type { ParsedComposeFile } from "../compose/read/compose-file.js";
import { createDisk } from "./files/disk.js";
import { FileIndex } from "./files/file-index.js";
import { Workspace, type WorkspaceOptions } from "./workspace.js";

/**
 * One index and one workspace for each set of options in a process (a worker thread is one of its own): ESLint makes
 * rules anew for every file, and an editor lints the same file again and again.
 */
const index = new FileIndex(createDisk());
const workspaces = new Map<string, Workspace>();

/** @param options The first to ask for a workspace says how it lists files. */
export function workspaceFor(options: WorkspaceOptions): Workspace {
  const { cwd, ranges, today, compose, variables, profiles, allowOutside, named, maxFileSize, tellsPolicyFaults } =
    options;
  const bounds = [allowOutside, named, maxFileSize];
  const key = JSON.stringify([
    cwd,
    ranges,
    today,
    compose,
    [...(variables ?? [])],
    profiles,
    bounds,
    tellsPolicyFaults,
  ]);
  let workspace = workspaces.get(key);
  if (!workspace) {
    workspace = new Workspace(options, index);
    workspaces.set(key, workspace);
  }
  return workspace;
}

/** @param path Absolute, with `/`. */
export function parseInWorkspace(path: string, text: string): ParsedComposeFile {
  return index.parse(path, text);
}
