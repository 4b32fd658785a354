import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { folderWith } from "./folder.js";
import type { Texts } from "./workspaces.js";

const AUTHOR = { NAME: "author", EMAIL: "author@example.com" };
/** Nothing of the machine's own settings has a say. */
const ENVIRONMENT = {
  PATH: process.env["PATH"],
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: AUTHOR.NAME,
  GIT_AUTHOR_EMAIL: AUTHOR.EMAIL,
  GIT_COMMITTER_NAME: AUTHOR.NAME,
  GIT_COMMITTER_EMAIL: AUTHOR.EMAIL,
};

/**
 * What lies in the working tree after git has merged two branches that start from the same commit.
 *
 * @throws when git would ask a person.
 */
export function mergeBranches(base: Texts, ours: Texts, theirs: Texts): Texts {
  const root = folderWith([]);
  git(root, ["init", "--quiet", "--initial-branch", "ours"]);
  git(
    root,
    ["fast-import", "--quiet"],
    commit("base", base) + commit("ours", ours, "base") + commit("theirs", theirs, "base"),
  );
  git(root, ["reset", "--quiet", "--hard"]);
  git(root, ["merge", "--quiet", "--no-edit", "theirs"]);
  return new Map([...base.keys()].map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
}

/** As `git fast-import` reads it. */
function commit(branch: string, texts: Texts, from?: string): string {
  const files = [...texts].map(([file, text]) => `M 100644 inline ${file}\n${data(text)}`);
  return [
    `commit refs/heads/${branch}\ncommitter ${AUTHOR.NAME} <${AUTHOR.EMAIL}> 1000000000 +0000\n${data(branch)}`,
    ...(from === undefined ? [] : [`from refs/heads/${from}\n`]),
    ...files,
  ].join("");
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(root: string, args: readonly string[], input = ""): void {
  const { status, signal, stdout, stderr } = spawnSync("git", args, {
    cwd: root,
    env: ENVIRONMENT,
    encoding: "utf8",
    input,
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${status ?? signal ?? ""}\n${stderr}${stdout}`);
}
