import type { ComposeFile } from "../../compose/read/compose-file.js";
import type { Network } from "../../compose/project/network.js";
import type { Project } from "../../compose/project/project.js";
import { remembered } from "../../kit/remember.js";
import { baseName, directoryOf, joinPath } from "../../kit/paths.js";
import { positionAt } from "../../kit/source.js";
import { isComposeFileName } from "../../workspace/files/compose-names.js";
import type { NotChecked } from "../../workspace/files/not-checked.js";
import { relativePath } from "../../workspace/files/paths.js";
import { DEFAULT_FILE_NAMES } from "../../workspace/projects/project-set.js";
import type { ProjectView } from "../../workspace/view.js";
import type { Workspace } from "../../workspace/workspace.js";

/**
 * What of a file could not be judged, though it was read: the file is a part of a project that nobody names, or it
 * brings in what is not read.
 *
 * @param views One for each project that the file belongs to.
 */
export function unjudgedParts(views: readonly ProjectView[], workspace: Workspace): readonly NotChecked[] {
  const [first] = views;
  if (!first) return [];
  const { path } = first.file.source;
  const partial = views.every(({ project }) => project.fragment !== undefined) ? first.project.fragment : undefined;
  if (partial !== undefined && !isToldAlready(first, workspace)) {
    return [
      { path, reason: `is a part of a project (${partial})`, cure: cureOfPart(first, workspace), isTrouble: false },
    ];
  }
  const template = views.flatMap(({ project }) => templatesIn(project))[0];
  if (template) {
    const cure = "check what is made of it instead";
    return [{ path, reason: `looks like a template, so network "${template.key}" is unknown`, cure, isTrouble: false }];
  }
  const unread = views.find(({ project }) => project.unread?.source === first.file.source)?.project.unread;
  if (!unread || isToldAlready(first, workspace)) return [];
  const { line } = positionAt(unread.source, unread.span[0]);
  const reason = `includes what is not read (line ${line}): networks that depend on it are unknown`;
  return [{ path, reason, isTrouble: false }];
}

const templatesIn = remembered(({ networks }: Project) => networks.filter(isTemplate));

function isTemplate({ ipv4, ipv6 }: Network): boolean {
  return [ipv4, ipv6].some((addressing) => addressing.mode === "unknown" && addressing.because.reason === "template");
}

/** A file of the project that is there and was not read is named by itself. */
function isToldAlready({ project }: ProjectView, workspace: Workspace): boolean {
  const faults = workspace.disk.faults();
  return workspace.filesAskedBy(project).some((path) => faults.has(path));
}

/** The line of the policy file that makes a whole of the parts. */
function cureOfPart({ file, reading }: ProjectView, { disk }: Workspace): string {
  const { path } = file.source;
  const folder = directoryOf(path);
  const root = reading.kind === "policy" ? reading.scoped.root : disk.topOf(folder);
  const isBase = DEFAULT_FILE_NAMES.includes(baseName(path));
  const base = isBase
    ? path
    : DEFAULT_FILE_NAMES.map((name) => joinPath(folder, name)).find((beside) => disk.exists(beside));
  const overlays = isBase ? overlaysBeside(file, disk.names(folder)) : [path];
  const files = [base ?? "BASE", ...(overlays.length === 1 ? overlays : ["OTHER"])].map((each) =>
    each === "BASE" || each === "OTHER" ? `${each}.yaml` : relativePath(root, each),
  );
  return `add "projects: [[${files.join(", ")}]]" to forbidden-ranges.yaml`;
}

function overlaysBeside({ source: { path } }: ComposeFile, names: ReadonlySet<string>): readonly string[] {
  const others = [...names].filter((name) => isComposeFileName(name) && name !== baseName(path));
  return others.map((name) => joinPath(directoryOf(path), name));
}
