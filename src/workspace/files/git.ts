import { spawnSync } from "node:child_process";

import { directoryOf } from "../../kit/paths.js";
import { failure, success, type Result } from "../../kit/result.js";
import { gitEnvironment } from "./git-environment.js";
import type { WorkTree } from "./git-folder.js";
import { findProgram } from "./program.js";
import { whyNotTrusted, type GitRefusal } from "./trust.js";
import { findWorkTree } from "./work-tree.js";

export interface GitAnswer {
  readonly stdout: Buffer;
  /** In English. */
  readonly stderr: string;
}

/** Of settings that name a program. Those that have no empty value can start nothing without a transport. */
const OVERRIDES = [
  // `false` would be the name of a program to git before 2.36.
  "core.fsmonitor=",
  "core.askPass=",
  "core.sshCommand=",
  "credential.helper=",
  "protocol.allow=never",
  "submodule.recurse=false",
];

/** Hooks are asked for in `init` only, which must know where they are and starts none. */
const WITHOUT_HOOKS = "core.hooksPath=/dev/null";

/** Longer than a listing takes. A FIFO by the name of `.gitignore` somewhere below would never end. */
const TIMEOUT = 20_000;

/**
 * Whether git did not end in time, in whatever repository. It is not waited for a second time: a checkout may hold a
 * hundred of them.
 */
let isEndless = false;
const ENDLESS = `git did not end within ${TIMEOUT / 1000} seconds`;
const ENDLESS_ELSEWHERE = `${ENDLESS} in another folder`;

/**
 * The only place that starts git in a checkout. Git gets the work tree that we found, so that no folder of the checkout
 * is taken for a repository; and it is started only where its owner is trusted and its configuration starts nothing.
 */
export function askGit(
  tree: WorkTree,
  args: readonly string[],
  { overridesHooks = true }: { readonly overridesHooks?: boolean } = {},
): Result<GitAnswer, GitRefusal | "no git"> {
  const outermost = findWorkTree(tree.top)?.top ?? tree.top;
  const program = findProgram("git", outermost);
  if (program === undefined) return failure("no git");
  if (isEndless) return failure({ reason: ENDLESS_ELSEWHERE });
  const refusal = whyNotTrusted(tree, program);
  if (refusal) return failure(refusal);
  const overrides = overridesHooks ? [...OVERRIDES, WITHOUT_HOOKS] : OVERRIDES;
  const { error, status, stdout, stderr } = spawnSync(
    program,
    ["--no-pager", ...overrides.flatMap((setting) => ["-c", setting]), ...args],
    {
      cwd: tree.top,
      env: { ...gitEnvironment(), ...placeOf(tree) },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
      timeout: TIMEOUT,
      killSignal: "SIGKILL",
      windowsHide: true,
    },
  );
  if (error && "code" in error && error.code === "ETIMEDOUT") {
    isEndless = true;
    return failure({ reason: ENDLESS });
  }
  if (error) return failure({ reason: `git failed (${error.message})` });
  const said = stderr.toString("utf8");
  if (status === 0) return success({ stdout, stderr: said });
  return failure({ reason: `git failed (${said.split("\n", 1)[0] || `exit code ${status}`})` });
}

/**
 * With an explicit folder git does not ask whose it is. On Windows, where we can't, it looks for the folder itself, and
 * finds the one that we found: it begins there, and must not go further up.
 */
function placeOf({ top, gitFolder }: WorkTree): NodeJS.ProcessEnv {
  if (process.geteuid === undefined) return { GIT_CEILING_DIRECTORIES: directoryOf(top) };
  return { GIT_DIR: gitFolder, GIT_WORK_TREE: top };
}
