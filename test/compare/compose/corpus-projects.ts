import { existsSync } from "node:fs";
import path from "node:path";

import { parseEnvironmentFile } from "../../../src/compose/load/dotenv.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { DEFAULT_FILE_NAMES, DEFAULT_OVERRIDE_NAMES } from "../../../src/workspace/projects/project-set.js";
import { readCorpus } from "../../corpus/read-corpus.js";
import type { ProjectCase } from "./ask.js";

/** Each compose file of a folder alone, then each directory whose default files are more than one. */
export function corpusProjects(folder: string): ProjectCase[] {
  const { root, files } = readCorpus(folder);
  const alone = files.map((file): ProjectCase => {
    const absolute = path.join(root, file);
    return { name: file, directory: path.dirname(absolute), files: [absolute] };
  });
  const directories = [...new Set(alone.map(({ directory }) => directory))].filter(hasDefaultSet);
  const sets = directories.map((directory): ProjectCase => {
    return { name: `${path.relative(root, directory)}/ (default files)`, directory, files: [] };
  });
  return [...alone, ...sets];
}

function hasDefaultSet(directory: string): boolean {
  const has = (names: readonly string[]): boolean => names.some((name) => existsSync(path.join(directory, name)));
  const environment = createDisk().read(path.join(directory, ".env")) ?? "";
  return (
    has(DEFAULT_FILE_NAMES) && (has(DEFAULT_OVERRIDE_NAMES) || parseEnvironmentFile(environment).has("COMPOSE_FILE"))
  );
}
