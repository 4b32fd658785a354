import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";

import { inject } from "vitest";

import { createFolder, type Folder } from "../workspace/folder.js";

export interface Outcome {
  readonly status: number | null;
  /** Both streams, without colours. */
  readonly output: string;
}

/** A git repository of somebody who installed the packed package. */
export interface Repository extends Folder {
  run(command: string, ...args: readonly string[]): Outcome;
  /** As the user types it; hooks run. */
  gitTry(...args: readonly string[]): Outcome;
  /** The text of a file as it is staged. */
  staged(file: string): string;
  /** One line a file, as `git status --short` has it. */
  status(): string[];
}

/** Nothing of the git that the tests may run in, and nothing of whoever runs them but how npm is reached. */
export const ENVIRONMENT = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:GIT_|VITEST|NODE_|FORCE_COLOR$|CI$)/.test(name)),
  ),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  NO_COLOR: "1",
};

/**
 * @param files All of them are committed, before any hook is there.
 * @param variables Beside those that every user has.
 */
export function repositoryWith(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Repository {
  const repository = bareRepositoryWith(files, variables);
  symlinkSync(join(inject("consumer"), "node_modules"), join(repository.path, "node_modules"));
  return repository;
}

/** A repository of somebody who has installed nothing yet. */
export function bareRepositoryWith(
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>> = {},
): Repository {
  const folder = createFolder({ ".gitignore": "node_modules\n", ...files });
  const run = (command: string, ...args: readonly string[]): Outcome => {
    const path = `${join(folder.path, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`;
    const env = { ...ENVIRONMENT, ...variables, PATH: path };
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder.path, env, encoding: "utf8" });
    if (error) throw error;
    return { status, output: stdout + stderr };
  };
  const git = (...args: readonly string[]): string => {
    const { status, output } = run("git", ...args);
    if (status !== 0) throw new Error(`git ${args.join(" ")}: ${output}`);
    return output;
  };
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "start");
  return {
    ...folder,
    run,
    git: (...args) => void git(...args),
    gitTry: (...args) => run("git", ...args),
    staged: (file) => git("show", `:${file}`),
    status: () => git("status", "--short").split("\n").filter(Boolean),
  };
}
