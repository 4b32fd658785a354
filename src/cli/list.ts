import type { ListRequest } from "./list-arguments.js";
import { workspaceFor } from "../workspace/registry.js";
import { readProjects } from "./read-projects.js";
import { EXIT_CODES, type ExitCode } from "./exit-code.js";
import { shellVariables } from "./shell-variables.js";
import { findTargets } from "./targets.js";
import { complain, type Terminal } from "./terminal.js";

/** Shows the networks of each project, as Compose would ask the engine for them. */
export async function list({ paths, format, env, profiles }: ListRequest, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stdout } = terminal;
  const variables = shellVariables(env, process.env);
  if (!variables.ok) {
    complain(terminal, variables.fault);
    return EXIT_CODES.trouble;
  }
  const workspace = workspaceFor({ cwd, variables: variables.value, profiles });
  const found = findTargets(paths, cwd, (directory) => workspace.foundBelow(directory));
  if (!found.ok) {
    complain(terminal, found.fault);
    return EXIT_CODES.trouble;
  }
  const { files } = found.value;
  const { views, problems } = readProjects(files, workspace);
  for (const problem of problems) complain(terminal, problem);
  if (files.length === 0) complain(terminal, "nothing to list: there is no compose file that git does not ignore");

  if (format === "json") {
    const { listAsJson } = await import("./list-json.js");
    stdout.write(listAsJson(views, cwd));
  } else {
    const [{ listAsText }, { painter }] = await Promise.all([import("./list-text.js"), import("./paint.js")]);
    if (files.length > 0) stdout.write(listAsText(views, cwd, painter(stdout.hasColors)));
  }
  if (problems.length > 0) return EXIT_CODES.trouble;
  return files.length > 0 ? EXIT_CODES.clean : EXIT_CODES.nothing;
}
