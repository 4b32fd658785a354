import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parseEnvironmentFile } from "../../../src/compose/load/dotenv.js";
import { isComposeFileName } from "../../../src/workspace/files/compose-names.js";
import { DEFAULT_FILE_NAMES } from "../../../src/workspace/projects/project-set.js";
import { HOST_OF_ALL } from "./generated-policies.js";
import type { Start } from "./generated-host.js";

/** More files beside one base than that say nothing new. */
const MOST_BESIDE = 4;

/** The starts of a repository's projects that have more than one file: as Compose finds them, and with each file beside the base. */
export function startsBelow(root: string): Start[] {
  const directories = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isComposeFileName(entry.name))
    .map((entry) => path.relative(root, entry.parentPath));
  return [...new Set(directories)].sort().flatMap((directory) => startsIn(root, directory));
}

function startsIn(root: string, directory: string): Start[] {
  const at = path.join(root, directory);
  const files = readdirSync(at).filter(isComposeFileName).sort();
  const base = DEFAULT_FILE_NAMES.find((name) => files.includes(name));
  if (base === undefined) return [];
  const beside = files.filter((file) => file !== base);
  if (beside.length === 0 && !isChosen(at) && !readFileSync(path.join(at, base), "utf8").includes("include:"))
    return [];
  // A folder of many projects with one name is not one host: each directory stands for itself.
  const start = { directory, host: HOST_OF_ALL + directory };
  const chains = beside.slice(0, MOST_BESIDE).map((file): Start => ({ ...start, files: [base, file] }));
  return [{ ...start, files: [] }, ...chains];
}

function isChosen(directory: string): boolean {
  const environment = path.join(directory, ".env");
  return existsSync(environment) && parseEnvironmentFile(readFileSync(environment, "utf8")).has("COMPOSE_FILE");
}
