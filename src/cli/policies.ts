import { directoryOf, joinPath } from "../compose/paths.js";
import { isPolicyFileName } from "../policy/find-policy-file.js";
import { formatLocation, type PolicyFault } from "../policy/source-text.js";
import { shownPath } from "../workspace/paths.js";
import type { Workspace } from "../workspace/workspace.js";
import { cutQuotes, printable } from "./printable.js";
import type { Targets } from "./targets.js";

type Governing = Pick<Targets, "files" | "governed">;

/** The forbidden-ranges files that hold for one of the targets and are called so. They are checked as well. */
export function policiesOf({ files, governed }: Governing, workspace: Workspace): string[] {
  const directories = new Set([...governed, ...files.map(directoryOf)]);
  const policies = [...directories].flatMap((directory) => {
    const reading = workspace.policyFor(joinPath(directory, "compose.yaml"));
    return reading.kind === "policy" ? [reading.scoped.policy.file] : [];
  });
  return [...new Set(policies)].filter(isPolicyFileName);
}

/** Every fault of every forbidden-ranges file that holds for one of the targets, each once, ready to print. */
export function policyFaults({ files, governed }: Governing, workspace: Workspace): string[] {
  const directories = new Set([...governed, ...files.map(directoryOf)]);
  const faults = [...directories].flatMap((directory) => {
    const reading = workspace.policyFor(joinPath(directory, "compose.yaml"));
    return reading.kind === "faulty" ? reading.faults : [];
  });
  return [...new Set(faults.map((fault) => show(fault, workspace.options.cwd)))];
}

function show({ file, line, column, message }: PolicyFault, cwd: string): string {
  return printable(cutQuotes(`${formatLocation({ file: shownPath(cwd, file), line, column })}: ${message}`));
}
