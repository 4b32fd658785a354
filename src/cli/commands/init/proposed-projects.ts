import { baseName, directoryOf, isWithin, joinPath } from "../../../kit/paths.js";
import type { ProjectView } from "../../../workspace/view.js";
import { relativePath } from "../../../workspace/files/paths.js";
import { DEFAULT_FILE_NAMES } from "../../../workspace/projects/project-set.js";

/** Compose files that are started together, and what says so. */
export interface ProposedProject {
  /** Relative to the directory that is set up, in Compose's order. */
  readonly files: readonly string[];
  readonly from: string;
}

/** Where people write down how a project is started. */
const TELLING = /^(?:readme(?:\.(?:md|txt|rst|adoc))?|makefile|justfile|taskfile\.ya?ml|package\.json|.*\.sh)$/i;

export function mayTell(name: string): boolean {
  return TELLING.test(name);
}

const FILE = String.raw`(?:"[^"\n]+"|'[^'\n]+'|[^\s"'\`\\;&|]+)`;
/** `docker compose -f a.yaml -f b.yaml`, also with options before it and over several lines. */
const COMMAND = new RegExp(
  String.raw`docker[ -]compose((?:(?:\s|\\\r?\n)+(?:(?:-f|--file)(?:\s+|=)${FILE}|(?:-p|--profile|--env-file|--project-(?:name|directory))(?:\s+|=)\S+|--[a-z-]+(?:=\S+)?))+)`,
  "g",
);
const OPTION = new RegExp(String.raw`(?:^|\s)(?:-f|--file)(?:\s+|=)(${FILE})`, "g");
const VARIABLE = /\bCOMPOSE_FILE\s*:?=\s*["']?([^\s"'`]+)/g;

/** The files of each command in a text that starts several together. */
export function chainsIn(text: string): readonly (readonly string[])[] {
  const ofCommands = [...text.matchAll(COMMAND)].map(([, options = ""]) =>
    [...options.matchAll(OPTION)].map(([, file = ""]) => file.replace(/^["']|["']$/g, "")),
  );
  const ofVariables = [...text.matchAll(VARIABLE)].map(([, value = ""]) => value.split(":"));
  return [...ofCommands, ...ofVariables].filter((files) => files.length > 1);
}

interface Sources {
  /** Absolute, as everything here. */
  readonly cwd: string;
  readonly views: readonly ProjectView[];
  /** Files in which somebody may have written how a project is started. */
  readonly texts: ReadonlyMap<string, string>;
  readonly exists: (path: string) => boolean;
}

/** Each project once, that of a written command before that of a name like `compose.prod.yaml`. */
export function proposedProjects({ cwd, views, texts, exists }: Sources): readonly ProposedProject[] {
  const found = new Map<string, ProposedProject>();
  const known = new Set(views.map(({ project }) => keyOf(project.main.map(({ source }) => source.path))));
  const add = (paths: readonly string[], from: string): void => {
    const key = keyOf(paths);
    if (known.has(key) || found.has(key) || !paths.every((path) => isWithin(path, cwd) && exists(path))) return;
    found.set(key, { files: paths.map((path) => relativePath(cwd, path)), from: relativePath(cwd, from) });
  };
  for (const [path, text] of texts) {
    for (const files of chainsIn(text))
      add(
        files.map((file) => joinPath(directoryOf(path), file)),
        path,
      );
  }
  const named = new Set([...found.values()].flatMap(({ files }) => files));
  for (const { project, file } of views) {
    const { path } = file.source;
    if (project.fragment === undefined || named.has(relativePath(cwd, path))) continue;
    const folder = directoryOf(path);
    const base = DEFAULT_FILE_NAMES.map((name) => joinPath(folder, name)).find(exists);
    if (base !== undefined && baseName(base) !== baseName(path)) add([base, path], path);
  }
  return [...found.values()];
}

function keyOf(paths: readonly string[]): string {
  return paths.join("\n");
}
