import { statSync } from "node:fs";

import type { ForbiddenIn } from "../../../host/findings/finding.js";
import { joinPath } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import { formatLocation } from "../../../policy/source-text.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { absolutePath, shownPath } from "../../../workspace/files/paths.js";
import { workspaceFor } from "../../workspaces.js";
import { complainOfPolicies, GoverningPolicies } from "../../files/policies.js";
import type { Terminal } from "../../terminal/terminal.js";

export interface HostPolicy {
  readonly forbiddenIn: ForbiddenIn | undefined;
  /** It has faults, which are told: what it forbids is only what could be read. */
  readonly isFaulty: boolean;
}

/** The forbidden ranges that hold in the working directory. */
export function policyOnHost(ranges: string | undefined, terminal: Terminal): Result<HostPolicy, string> {
  const { cwd } = terminal;
  const file = ranges === undefined ? undefined : absolutePath(cwd, toPosix(ranges));
  if (file !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    return failure(`--ranges ${ranges ?? ""}: there is no such file`);
  }
  const workspace = workspaceFor({ cwd, ...(file !== undefined && { ranges: file, named: [file] }) });
  const policies = new GoverningPolicies({ files: [], governed: [cwd], ignored: [] }, workspace);
  const isFaulty = complainOfPolicies(policies, terminal);
  const reading = workspace.policyFor(joinPath(cwd, "compose.yaml"));
  if (reading.kind !== "policy") return success({ forbiddenIn: undefined, isFaulty });
  const { enforced } = reading.scoped;
  return success({
    isFaulty,
    forbiddenIn: (range) => {
      const hit = enforced.firstOverlapping(range);
      if (!hit) return undefined;
      const place = formatLocation({ ...hit.location, file: shownPath(cwd, hit.location.file) });
      return { name: hit.name, written: hit.written, place };
    },
  });
}
