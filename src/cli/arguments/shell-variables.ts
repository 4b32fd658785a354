import type { Variables } from "../../compose/read/interpolate.js";
import { failure, success, type Result } from "../../kit/result.js";

/**
 * The variables that count as set in the shell: `NAME=VALUE`, or `NAME` for the value that it has there, if any.
 *
 * @param written The values of `--env`, in the order given: the last one of a name counts.
 */
export function shellVariables(written: readonly string[], shell: NodeJS.ProcessEnv): Result<Variables, string> {
  const variables = new Map<string, string>();
  for (const assignment of written) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(assignment) ?? [];
    // What stands there may be a secret.
    if (name === undefined)
      return failure("--env: a variable is written NAME=VALUE, or NAME for the shell's own value");
    const given = value ?? shell[name];
    if (given !== undefined) variables.set(name, given);
  }
  return success(variables);
}
