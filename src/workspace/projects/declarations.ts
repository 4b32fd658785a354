import { joinPath } from "../../kit/paths.js";
import { declaredProjects } from "../../policy/declared-projects.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { matchesGlob } from "../../kit/glob.js";
import type { Policy } from "../../policy/policy.js";
import { relativePath } from "../files/paths.js";
import type { Declarations } from "./project-set.js";

/** A policy, and what its paths and globs are relative to. */
export interface RootedPolicy {
  readonly policy: Policy;
  readonly root: string;
}

/** What a policy says about the files that run together. */
export function declarationsOf(rooted: RootedPolicy | undefined): Declarations {
  if (!rooted || rooted.policy.projects.length + rooted.policy.stacks.length === 0) return NOTHING_DECLARED;
  const { policy, root: top } = rooted;
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
