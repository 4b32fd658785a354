import type { Project } from "../compose/project.js";
import { displayPath } from "../workspace/paths.js";
import { parseInWorkspace, workspaceFor } from "../workspace/registry.js";
import type { ListRequest } from "./list-arguments.js";
import { positionAt } from "../compose/source.js";
import { readComposeText } from "./compose-text.js";
import { EXIT_CODES, type ExitCode } from "./exit-code.js";
import { findTargets } from "./targets.js";
import { complain, type Terminal } from "./terminal.js";

/** Shows the networks of each project, as Compose would ask the engine for them. */
export async function list({ paths, format }: ListRequest, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stdout } = terminal;
  const found = findTargets(paths, cwd);
  if (!found.ok) {
    complain(terminal, found.fault);
    return EXIT_CODES.trouble;
  }
  const { files } = found.value;
  const { projects, problems } = readProjects(files, cwd);
  for (const problem of problems) complain(terminal, problem);
  if (files.length === 0) complain(terminal, "nothing to list: there is no compose file that git does not ignore");

  if (format === "json") {
    const { listAsJson } = await import("./list-json.js");
    stdout.write(listAsJson(projects, cwd));
  } else {
    const [{ listAsText }, { painter }] = await Promise.all([import("./list-text.js"), import("./paint.js")]);
    if (files.length > 0) stdout.write(listAsText(projects, cwd, painter(stdout.hasColors)));
  }
  if (problems.length > 0) return EXIT_CODES.trouble;
  return files.length > 0 ? EXIT_CODES.clean : EXIT_CODES.nothing;
}

interface Reading {
  readonly projects: readonly Project[];
  readonly problems: readonly string[];
}

function readProjects(files: readonly string[], cwd: string): Reading {
  const workspace = workspaceFor({ cwd });
  // Several files of one project each lead to it.
  const projects = new Map<string, Project>();
  const problems: string[] = [];
  for (const path of files) {
    const name = displayPath(cwd, path);
    const content = readComposeText(path);
    if (!content.ok) {
      problems.push(`${name}: ${content.fault}`);
      continue;
    }
    const parsed = parseInWorkspace(path, content.value.text.replace(/^\uFEFF/, ""));
    if (parsed.ok) {
      const { project } = workspace.view(parsed.file);
      projects.set(project.files.map(({ source }) => source.path).join("\n"), project);
    } else {
      for (const { message, span } of parsed.problems) {
        const { line, column } = positionAt(parsed.source, span[0]);
        problems.push(`${name}:${line}:${column}: ${message}`);
      }
    }
  }
  return { projects: [...projects.values()], problems };
}
