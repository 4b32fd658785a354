import { isComposeFileName } from "../workspace/files/compose-names.js";
import { fileKindOf } from "../workspace/files/file-kinds.js";
import { wholeProjects } from "../workspace/projects/whole-projects.js";
import type { Workspace } from "../workspace/workspace.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";
import { isElsewhere } from "../workspace/files/policy-files.js";

/**
 * Whether an open file is ours to judge. An editor's name for the language says too little: a compose file is `yaml` in
 * one, `dockercompose` in another.
 */
export function isOurs(path: string, workspace: Workspace): boolean {
  if (fileKindOf(path) !== "compose") return true;
  return /\.ya?ml$/i.test(path) && (isComposeFileName(path) || workspace.isPartOfAProject(path));
}

/** All that is judged while files are open: these, the other files of their projects, and the policies of both. */
export function targetsOf(open: readonly string[], workspace: Workspace): readonly string[] {
  const own = open.filter((path) => isOurs(path, workspace) && workspace.ignoredBy(path) === undefined);
  const { files } = wholeProjects(own, workspace);
  return [...new Set([...files, ...files.flatMap((path) => policyOf(path, workspace))])];
}

/** The policy that holds for a file. A list in its place is not one that rules look at. */
function policyOf(path: string, workspace: Workspace): readonly string[] {
  const reading = workspace.policyFor(path);
  if (reading.kind === "none") return [];
  const policy = reading.kind === "policy" ? reading.scoped.policy.file : reading.file;
  return isPolicyFileName(policy) && !isElsewhere(workspace.disk, policy) ? [policy] : [];
}
