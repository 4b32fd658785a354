import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { parseEnvironmentFile } from "../../../src/compose/load/dotenv.js";
import { temporaryFolder } from "../../temporary-folder.js";
import type { ProjectCase } from "./ask.js";

let folder: string | undefined;
let count = 0;

/** The project with a copy of its `.env` that has only the lines that make sense. */
export function withReadableEnvironment(project: ProjectCase): ProjectCase {
  folder ??= temporaryFolder("environments");
  const variables = parseEnvironmentFile(readFileSync(path.join(project.directory, ".env"), "utf8"));
  const environmentFile = path.join(folder, `${count++}.env`);
  const lines = [...variables].map(([name, value]) => `${name}='${value.replaceAll("'", String.raw`\'`)}'\n`);
  writeFileSync(environmentFile, lines.join(""));
  return { ...project, environmentFile };
}
