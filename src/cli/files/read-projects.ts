import { positionAt } from "../../kit/source.js";
import { unreadFilesBehindAddresses } from "../../compose/project/unread-variables.js";
import type { NotChecked } from "../../workspace/files/not-checked.js";
import { shownPath } from "../../workspace/files/paths.js";
import { parseInWorkspace } from "../workspaces.js";
import type { ProjectView } from "../../workspace/view.js";
import type { Workspace } from "../../workspace/workspace.js";
import { readComposeText } from "./compose-text.js";
import { allNotChecked, unread } from "./not-checked.js";

export interface Projects {
  /** Each project once, as one of its files shows it. */
  readonly views: readonly ProjectView[];
  /** What is no YAML. */
  readonly problems: readonly string[];
  readonly notChecked: readonly NotChecked[];
}

/** The projects that files belong to, with what keeps a file from being read. */
export function readProjects(files: readonly string[], workspace: Workspace): Projects {
  const { cwd } = workspace.options;
  // Several files of one project each lead to it.
  const views = new Map<string, ProjectView>();
  const problems: string[] = [];
  const notChecked: NotChecked[] = [];
  for (const path of files) {
    const name = shownPath(cwd, path);
    if (!workspace.index.hasRoomFor(path)) continue;
    const content = readComposeText(path, workspace.disk);
    if (!content.ok) {
      notChecked.push(unread(path, content.fault, cwd));
      continue;
    }
    const parsed = parseInWorkspace(path, content.value.text.replace(/^\uFEFF/, ""));
    if (parsed.ok) {
      for (const view of workspace.views(parsed.file)) {
        views.set(view.project.files.map(({ source }) => source.path).join("\n"), view);
      }
    } else {
      const { line, column } = positionAt(parsed.source, parsed.problem.span[0]);
      problems.push(`${name}:${line}:${column}: ${parsed.problem.message}`);
    }
  }
  const needed = [...views.values()].flatMap(({ project }) => [...unreadFilesBehindAddresses(project)]);
  return {
    views: [...views.values()],
    problems,
    notChecked: allNotChecked(notChecked, workspace, new Set(needed)),
  };
}
