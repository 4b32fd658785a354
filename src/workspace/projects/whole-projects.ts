import type { Project } from "../../compose/project/project.js";
import { byCodeUnits } from "../../kit/order.js";
import { isPolicyFileName } from "../../policy/find-policy-file.js";
import { fileKindOf } from "../files/file-kinds.js";
import type { Workspace } from "../workspace.js";

/** What is judged when some files of projects are asked about. Paths are absolute. */
export interface WholeProjects {
  /** All files of these projects, each once, in a fixed order. */
  readonly files: readonly string[];
  /** Those of the others that the policy leaves out. */
  readonly ignored: readonly string[];
}

/** Adds the other files of the projects that files belong to: a fault of one may lie in another one. */
export function wholeProjects(files: readonly string[], workspace: Workspace): WholeProjects {
  const all = new Set(files);
  const ignored = new Set<string>();
  const isNew = onceEach();
  // What is added while the set is gone through is met as well.
  for (const path of all) {
    for (const other of filesBeside(path, workspace, isNew)) {
      if (all.has(other) || isPolicyFileName(other) || !workspace.disk.exists(other)) continue;
      if (workspace.ignoredBy(other) === undefined) all.add(other);
      else ignored.add(other);
    }
  }
  return { files: [...all].sort(byCodeUnits), ignored: [...ignored] };
}

type IsNew = (project: Project, directory: string) => boolean;

/** Of a project with many files, one of each directory is enough to find the others. */
function onceEach(): IsNew {
  const asked = new Map<Project, Set<string>>();
  return (project, directory) => {
    const directories = asked.get(project) ?? new Set<string>();
    asked.set(project, directories);
    const isNew = !directories.has(directory);
    directories.add(directory);
    return isNew;
  };
}

function filesBeside(path: string, workspace: Workspace, isNew: IsNew): readonly string[] {
  if (fileKindOf(path) !== "compose" || !workspace.mayHaveMore(path)) return [];
  const file = workspace.index.hasRoomFor(path) ? workspace.index.load(path) : undefined;
  return file ? workspace.filesBeside(file, isNew) : [];
}
