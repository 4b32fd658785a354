import { readFileSync } from "node:fs";

import { parseComposeFile } from "../../../src/compose/read/compose-file.js";
import type { ComposeVersion } from "../../../src/compose/load/loader.js";
import { buildProject, type Project } from "../../../src/compose/project/project.js";
import { isOverrideFileName } from "../../../src/workspace/files/compose-names.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { Environments } from "../../../src/workspace/files/environments.js";
import { FileIndex } from "../../../src/workspace/files/file-index.js";
import { ProjectBook } from "../../../src/workspace/projects/project-book.js";
import { DEFAULT_FILE_NAMES } from "../../../src/workspace/projects/project-set.js";
import type { ProjectCase } from "./ask.js";
import { loadModel } from "../../../src/compose/project/load-model.js";

/** Our model of a project, or what the YAML parser says when one of its first files is no YAML to us. */
export function readProject(project: ProjectCase, version: ComposeVersion): Project | string {
  const disk = createDisk();
  const index = new FileIndex(disk);
  const environments = new Environments(disk);
  const [first] =
    project.files.length > 0 ? project.files : defaultFiles(project.directory, (path) => disk.exists(path));
  if (first === undefined) return "there is no compose file";
  for (const file of project.files.length > 0 ? project.files : [first]) {
    const parsed = parseComposeFile(file, readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
    if (!parsed.ok) return parsed.problem.message;
  }
  if (project.files.length === 0) {
    const file = index.load(first);
    const [placed] = file ? new ProjectBook(index, environments, { version }).projectsOf(file) : [];
    return placed?.project ?? "the compose file can't be read";
  }
  const { directory, files: paths } = project;
  const variables = environments.read(`${directory}/.env`) ?? new Map<string, string>();
  const model = loadModel(
    { paths, directory, variables, version },
    { load: (path) => index.load(path), environment: (path, surroundings) => environments.read(path, surroundings) },
  );
  return buildProject({ model, directory, variables, isOverride: paths.length === 1 && isOverrideFileName(first) });
}

function defaultFiles(directory: string, exists: (path: string) => boolean): string[] {
  return DEFAULT_FILE_NAMES.map((name) => `${directory}/${name}`).filter(exists);
}
