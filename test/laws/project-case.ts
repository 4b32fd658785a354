import path from "node:path";

import type { Project } from "../../src/compose/project/project.js";
import { createDisk } from "../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { Workspace } from "../../src/workspace/workspace.js";
import type { ProjectCase } from "../compare/compose/ask.js";

/** The project that a file belongs to, or undefined when the file is no YAML. */
export function projectAt(place: string): Project | undefined {
  const index = new FileIndex(createDisk());
  const file = index.load(place);
  return file && new Workspace({ cwd: path.dirname(place) }, index).view(file).project;
}

/** A project as we put it together, for Compose to do the same. */
export function caseOf(name: string, { directory, main }: Project): ProjectCase {
  return { name, directory, files: main.map(({ source }) => source.path) };
}
