import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { directoryOf } from "../compose/paths.js";
import { isComposeFileName } from "./compose-names.js";
import { isDaemonFileName } from "./file-kinds.js";
import { walk } from "./walk.js";

/** @param isDeclared Whether a YAML file is a compose file, whatever it is called. */
export type FindFiles = (directory: string, isDeclared: (path: string) => boolean) => string[];

/**
 * All compose files below a directory that git does not ignore, as absolute paths in a fixed order.
 *
 * Where git can't be asked, the folders are walked, and what their `.gitignore` says counts all the same.
 */
export function findComposeFiles(directory: string, isDeclared = NAMES_DECIDE): string[] {
  return composeFilesAmong(findFiles(directory), isDeclared);
}

/** As `findComposeFiles`, with the files that set up the daemons: all that a check is about. */
export function findCheckedFiles(directory: string, isDeclared = NAMES_DECIDE): string[] {
  return checkedFilesAmong(findFiles(directory), isDeclared);
}

const NAMES_DECIDE: Parameters<FindFiles>[1] = () => false;

/** For a run that is over before an answer gets old: each directory is looked through once for both. */
export function findFilesOnce(): Record<"compose" | "checked", FindFiles> {
  const found = new Map<string, string[]>();
  const below = (directory: string): string[] => {
    const files = found.get(directory) ?? findFiles(directory);
    found.set(directory, files);
    return files;
  };
  return {
    checked: (directory, isDeclared) => checkedFilesAmong(below(directory), isDeclared),
    compose: (directory, isDeclared) => composeFilesAmong(below(directory), isDeclared),
  };
}

function composeFilesAmong(files: readonly string[], isDeclared: (path: string) => boolean): string[] {
  return files.filter((path) => isComposeFileName(path) || isDeclared(path));
}

function checkedFilesAmong(files: readonly string[], isDeclared: (path: string) => boolean): string[] {
  return files.filter((path) => isComposeFileName(path) || isDaemonFileName(path) || isDeclared(path));
}

/** As `findCheckedFiles`, with YAML files of any name: each of them may be about networks. */
export function findFiles(directory: string): string[] {
  const found = (listedByGit(directory) ?? walk(directory)).filter(isOfInterest);
  return found.map((path) => `${directory === "/" ? "" : directory}/${path}`).sort(byCodeUnits);
}

function isOfInterest(path: string): boolean {
  return /\.ya?ml$/.test(path) || isDaemonFileName(path);
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
