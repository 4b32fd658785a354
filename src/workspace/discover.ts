import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";

import { isComposeFileName } from "./compose-names.js";

/**
 * All compose files below a directory that git does not ignore, as absolute paths in a fixed order.
 *
 * Outside a git work tree every folder is read but `node_modules` and `.git`.
 */
export function findComposeFiles(directory: string): string[] {
  const found = listedByGit(directory) ?? walk(directory);
  return found.map((path) => `${directory === "/" ? "" : directory}/${path}`).sort(byCodeUnits);
}

/** The same order on every machine, whatever its locale. */
export function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function listedByGit(directory: string): string[] | undefined {
  try {
    const listed = execFileSync(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", "*.yml", "*.yaml"],
      { cwd: directory, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 28 },
    );
    return listed.split("\0").filter(isComposeFileName);
  } catch {
    return undefined;
  }
}

function walk(directory: string, prefix = ""): string[] {
  let entries;
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      return entry.name === "node_modules" || entry.name === ".git" ? [] : walk(`${directory}/${entry.name}`, `${path}/`);
    }
    return entry.isFile() && isComposeFileName(path) ? [path] : [];
  });
}
