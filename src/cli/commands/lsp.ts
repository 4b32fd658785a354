import { statSync } from "node:fs";

import { rules } from "../../../rules/index.js";
import { joinPath } from "../../kit/paths.js";
import { presetRules } from "../../lint/presets.js";
import { startServer } from "../../lsp/start.js";
import { toPosix } from "../../workspace/files/native-paths.js";
import { allowedFiles } from "../arguments/bounds.js";
import type { LspRequest } from "../arguments/lsp.js";
import { shellVariables } from "../arguments/shell-variables.js";
import { EXIT_CODES, type ExitCode } from "../terminal/exit-code.js";
import { complain, type Terminal } from "../terminal/terminal.js";
import { applyRuleChanges } from "./check/rule-changes.js";

/** Serves an editor over standard input and output, with the rules and options of a check. */
export async function lsp(request: LspRequest, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const ranges = request.ranges === undefined ? undefined : joinPath(cwd, toPosix(request.ranges));
  if (ranges !== undefined && statSync(ranges, { throwIfNoEntry: false })?.isFile() !== true) {
    return fail(`--ranges ${request.ranges ?? ""}: there is no such file`);
  }
  const variables = shellVariables(request.env, process.env);
  if (!variables.ok) return fail(variables.fault);
  const chosen = applyRuleChanges(presetRules(rules).recommended, request.rules, rules);
  if (!chosen.ok) return fail(chosen.fault);
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) return fail(allowed.fault);
  const options = { ranges, id: request.id, variables: variables.value, ...allowed.value };
  return startServer({ ...chosen.value, options });
}
