import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { directoryOf } from "../compose/paths.js";
import { isComposeFileName } from "./compose-names.js";
import { isDaemonFileName } from "./file-kinds.js";
import { walk } from "./walk.js";

/**
 * All compose files below a directory that git does not ignore, as absolute paths in a fixed order.
 *
 * Where git can't be asked, the folders are walked, and what their `.gitignore` says counts all the same.
 */
export function findComposeFiles(directory: string): string[] {
  return findFiles(directory, isComposeFileName);
}

/** As `findComposeFiles`, with the files that set up the daemons: all that a check is about. */
export function findCheckedFiles(directory: string): string[] {
  return findFiles(directory, (path) => isComposeFileName(path) || isDaemonFileName(path));
}

/** As `findComposeFiles`, with files of any name that may be about networks. */
export function findYamlFiles(directory: string): string[] {
  return findFiles(directory, (path) => /\.ya?ml$/.test(path) || isDaemonFileName(path));
}

function findFiles(directory: string, isWanted: (path: string) => boolean): string[] {
  const found = listedByGit(directory)?.filter(isWanted) ?? walk(directory).filter(isWanted);
  return found.map((path) => `${directory === "/" ? "" : directory}/${path}`).sort(byCodeUnits);
}

/** For a run that is over before an answer gets old: each directory is looked through once for both. */
export function findFilesOnce(): Record<"compose" | "checked", typeof findComposeFiles> {
  const found = new Map<string, string[]>();
  const checked = (directory: string): string[] => {
    const files = found.get(directory) ?? findCheckedFiles(directory);
    found.set(directory, files);
    return files;
  };
  return { checked, compose: (directory) => checked(directory).filter(isComposeFileName) };
}

/** The same order on every machine, whatever its locale. */
export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function listedByGit(directory: string): string[] | undefined {
  if (!isInWorkTree(directory)) return undefined;
  try {
    const listed = execFileSync(
      "git",
      [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
        "--",
        "*.yml",
        "*.yaml",
        "*daemon.json",
      ],
      {
        cwd: directory,
        env: environmentOutsideHooks(),
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 2 ** 28,
      },
    );
    return listed.split("\0").filter(Boolean);
  } catch {
    return undefined;
  }
}

/**
 * In a hook git names the repository and a passing index in variables. They are meant for its top folder, and mislead
 * a git that is started in another one.
 */
function environmentOutsideHooks(): NodeJS.ProcessEnv {
  const ofHook = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofHook.test(name)));
}

/** Looking for `.git` upwards is cheaper than to start a process that finds none. */
function isInWorkTree(directory: string): boolean {
  if (existsSync(`${directory}/.git`)) return true;
  const parent = directoryOf(directory);
  return parent !== directory && isInWorkTree(parent);
}
