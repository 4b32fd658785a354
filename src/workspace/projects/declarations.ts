import { remembered } from "../../kit/remember.js";
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
  const { policy, root } = rooted;
  const known = declarationsUnder(policy);
  const declarations = known.get(root) ?? createDeclarations(policy, root);
  known.set(root, declarations);
  return declarations;
}

/** By the root of the policy. */
const declarationsUnder = remembered<Policy, Map<string, Declarations>>(() => new Map());

function createDeclarations({ projects, stacks }: Policy, top: string): Declarations {
  const absolute = remembered((files: readonly string[]): readonly string[] =>
    files.map((file) => joinPath(top, file)),
  );
  return {
    projectsWith: (path) => declaredProjects(projects, relativePath(top, path)).map(absolute),
    isStack: (path) => stacks.some((glob) => matchesGlob(glob, relativePath(top, path))),
  };
}

const NOTHING_DECLARED: Declarations = { projectsWith: () => [], isStack: () => false };

/** Whether a policy names a file, which then is a compose file whatever it is called. */
export function isDeclared({ projectsWith, isStack }: Declarations, path: string): boolean {
  return !isPolicyFileName(path) && (isStack(path) || projectsWith(path).length > 0);
}
