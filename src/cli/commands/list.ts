import { joinPath } from "../../kit/paths.js";
import { toPosix } from "../../workspace/files/native-paths.js";
import { allowedFiles } from "../arguments/bounds.js";
import { reportLeftOut } from "../files/not-checked.js";
import type { ListRequest } from "../arguments/list.js";
import { workspaceFor } from "../workspaces.js";
import { complainOfPolicies, GoverningPolicies } from "../files/policies.js";
import { readProjects } from "../files/read-projects.js";
import { EXIT_CODES, type ExitCode } from "../terminal/exit-code.js";
import { shellVariables } from "../arguments/shell-variables.js";
import { findTargets } from "../files/targets.js";
import { complain, type Terminal } from "../terminal/terminal.js";

/** Shows the networks of each project, as Compose would ask the engine for them. */
export async function list(request: ListRequest, terminal: Terminal): Promise<ExitCode> {
  const { paths, format, env, profiles } = request;
  const { cwd, stdout } = terminal;
  const variables = shellVariables(env, process.env);
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  if (!variables.ok) return fail(variables.fault);
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) return fail(allowed.fault);
  const named = paths.map((path) => joinPath(cwd, toPosix(path)));
  const workspace = workspaceFor({ cwd, variables: variables.value, profiles, ...allowed.value, named });
  const found = findTargets(paths, cwd, (directory) => workspace.foundBelow(directory), workspace);
  if (!found.ok) return fail(found.fault);
  const { files, notes } = found.value;
  const { views, problems, notChecked } = readProjects(files, workspace);
  for (const problem of problems) complain(terminal, problem);
  const policies = new GoverningPolicies(found.value, workspace);
  const isFaulty = complainOfPolicies(policies, terminal);
  const leftOut = policies.withoutTold([...found.value.notChecked, ...notChecked]);
  const isTroubled = reportLeftOut(leftOut, notes, terminal) || isFaulty || problems.length > 0;
  if (files.length === 0) complain(terminal, "nothing to list: every compose file is ignored by git, or there is none");

  if (format === "json") {
    const { listAsJson } = await import("../reports/list-json.js");
    stdout.write(listAsJson(views, cwd));
  } else {
    const [{ listAsText }, { painter }] = await Promise.all([
      import("../reports/list-text.js"),
      import("../terminal/paint.js"),
    ]);
    if (files.length > 0) stdout.write(listAsText(views, cwd, painter(stdout.hasColors)));
  }
  if (isTroubled) return EXIT_CODES.trouble;
  return files.length > 0 ? EXIT_CODES.clean : EXIT_CODES.nothing;
}
