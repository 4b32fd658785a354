import { directoryOf, joinPath } from "../../kit/paths.js";
import { declaredProjects } from "../../policy/declared-projects.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { matchesGlob } from "../../kit/glob.js";
import type { Policy } from "../../policy/policy.js";
import { relativePath } from "../files/paths.js";
import type { Declarations } from "./project-set.js";

/** What a policy says about the files that run together. */
export function declarationsOf(policy: Policy | undefined): Declarations {
  if (!policy || policy.projects.length + policy.stacks.length === 0) return NOTHING_DECLARED;
  const top = directoryOf(policy.file);
  return {
    projectsWith: (path) =>
      declaredProjects(policy.projects, relativePath(top, path)).map((files) =>
        files.map((file) => joinPath(top, file)),
      ),
    isStack: (path) => policy.stacks.some((glob) => matchesGlob(glob, relativePath(top, path))),
  };
}

const NOTHING_DECLARED: Declarations = { projectsWith: () => [], isStack: () => false };

/** Whether a policy names a file, which then is a compose file whatever it is called. */
export function isDeclared({ projectsWith, isStack }: Declarations, path: string): boolean {
  return !isPolicyFileName(path) && (isStack(path) || projectsWith(path).length > 0);
}
