import type { PlacedEdit } from "../../../kit/edit.js";
import { explicitSubnets } from "../../../compose/project/network.js";
import { joinPath } from "../../../kit/paths.js";
import { samePlace } from "../../../kit/source.js";
import { formatPrefix } from "../../../ipam/prefix.js";
import { failure, success, type Result } from "../../../kit/result.js";
import { showPlace } from "../../../remedy/wording.js";
import { describeReadFault } from "../../../workspace/files/read-fault.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { displayPath, shownPath } from "../../../workspace/files/paths.js";
import { workspaceFor } from "../../workspaces.js";
import type { ProjectView } from "../../../workspace/view.js";
import type { Workspace } from "../../../workspace/workspace.js";
import { applyEdits } from "../../files/apply-edits.js";
import { allowedFiles } from "../../arguments/bounds.js";
import { readComposeText } from "../../files/compose-text.js";
import { unifiedDiff } from "../../reports/diff.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import type { FixedFile } from "../../files/fixed-texts.js";
import { reportLeftOut } from "../../files/not-checked.js";
import { cutQuotes, printable, printablePath } from "../../terminal/printable.js";
import { complainOfPolicies, GoverningPolicies } from "../../files/policies.js";
import { readProjects } from "../../files/read-projects.js";
import type { RenumberRequest } from "../../arguments/renumber.js";
import { labelOf } from "../../reports/safety-labels.js";
import { engineNetworkOf, moveAll, type Chosen } from "../../../remedy/move-all.js";
import { otherUsers } from "../../../remedy/shared-edits.js";
import { findTargets } from "../../files/targets.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { writeDiff } from "../../files/write-diff.js";
import { replaceFiles } from "../../files/write-fixed.js";

/** Moves a network to other subnets, in every file of its project or in none. */
export function renumber(request: RenumberRequest, terminal: Terminal): ExitCode {
  const { cwd, stdout } = terminal;
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) return fail(allowed.fault);
  const named = request.paths.map((path) => joinPath(cwd, toPosix(path)));
  const workspace = workspaceFor({ cwd, ...allowed.value, named });
  // An earlier look may not know yet what was written since.
  workspace.lookAgain();
  const composeFiles = (directory: string): readonly string[] => workspace.composeFilesBelow(directory);
  const found = findTargets(request.paths, cwd, (directory) => workspace.foundBelow(directory), workspace);
  if (!found.ok) return fail(found.fault);
  const { views, problems, notChecked } = readProjects(found.value.files, workspace);
  for (const problem of problems) complain(terminal, problem);
  const policies = new GoverningPolicies(found.value, workspace);
  // Half of a policy says too little about which subnets are free.
  const isFaulty = complainOfPolicies(policies, terminal);
  const leftOut = policies.withoutTold([...found.value.notChecked, ...notChecked]);
  const isTroubled = reportLeftOut(leftOut, found.value.notes, terminal);
  if (isTroubled || isFaulty || problems.length > 0) return EXIT_CODES.trouble;
  const chosen = choose(request, views, cwd);
  if (!chosen.ok) return fail(chosen.fault);
  const { view, network } = chosen.value;
  const renumbered = moveAll(chosen.value, request.to);
  if (!renumbered.ok) return fail(renumbered.fault);
  const { edits, mentions, isCut, moves, projects } = renumbered.value;
  if (moves.length === 0) {
    const has = explicitSubnets(network).map(({ prefix }) => formatPrefix(prefix));
    const line = `network "${printable(cutQuotes(network.key))}" already has ${has.join(" and ")}\n`;
    stdout.write(request.writes ? line : `# ${line}`);
    return EXIT_CODES.clean;
  }
  const users = otherUsers(edits, view, readProjects(composeFiles(cwd), workspace).views, projects);
  if (!users.ok) return fail(users.fault);
  const files = editedFiles(edits, workspace);
  if (!files.ok) return fail(files.fault);

  const [title = "", ...labels] = [
    `network "${network.key}": ${moves.map(([from, to]) => `${formatPrefix(from)} to ${formatPrefix(to)}`).join(", ")}`,
    labelOf(network, view.project),
  ].map((line) => printable(cutQuotes(line)));
  for (const place of mentions) {
    complain(terminal, `${showPlace(place, view)} names an address of the old subnet: change it by hand`);
  }
  if (isCut) complain(terminal, "not every file was searched for addresses of the old subnet: there are too many");
  if (request.writes) {
    const written = replaceFiles(files.value);
    if (!written.ok) return fail(written.fault);
    stdout.write(`renumbered ${title}, in ${files.value.map(({ name }) => printablePath(name)).join(", ")}\n`);
    for (const label of labels) stdout.write(`${label}\n`);
    return EXIT_CODES.clean;
  }
  const diff = files.value.map(({ name, before, after }) => unifiedDiff(name, before.text, after)).join("");
  const text = `${[title, ...labels].map((line) => `# ${line}\n`).join("")}${diff}`;
  writeDiff(text, terminal);
  return EXIT_CODES.clean;
}

function choose(
  { network: name, to }: RenumberRequest,
  views: readonly ProjectView[],
  cwd: string,
): Result<Chosen, string> {
  const named = views.flatMap((view) =>
    view.project.networks
      .filter(
        ({ key, name: engineName, existence }) => existence.kind !== "external" && [key, engineName].includes(name),
      )
      .map((network) => ({ view, network })),
  );
  // A text with two names is moved under the one that it has itself.
  const own = named.filter(({ view }) => view.wholeWorkspace.engineNetworks().leadsTo(view.project) === undefined);
  const candidates = own.length > 0 ? own : named;
  const [first] = candidates;
  if (!first) return failure(`no project here has a network "${name}"; compose-networks list shows them`);
  // Several projects may read one line, or mean one network of the engine.
  const engineNetwork = engineNetworkOf(first);
  const isOne = candidates.every(
    (candidate) =>
      samePlace(candidate.network.place, first.network.place) ||
      (engineNetwork !== undefined && engineNetworkOf(candidate) === engineNetwork),
  );
  // Of several declarations, one that has something to move.
  const isPinned = ({ network }: Chosen): boolean =>
    explicitSubnets(network).some(({ prefix }) => !to || prefix.address.family === to.address.family);
  if (isOne) return success(candidates.find(isPinned) ?? first);
  const where = candidates.map(({ network }) => `${network.shownName} (${shownPath(cwd, network.place.source.path)})`);
  return failure(`network "${name}" is in several projects: ${where.join(", ")}. Pass a path or the longer name`);
}

/** Refuses a file that is not what the edits were made for. */
function editedFiles(edits: readonly PlacedEdit[], { disk, options }: Workspace): Result<FixedFile[], string> {
  const files: FixedFile[] = [];
  for (const source of new Set(edits.map((edit) => edit.source))) {
    const name = displayPath(options.cwd, source.path);
    const before = readComposeText(source.path, disk);
    if (!before.ok) return failure(`${printablePath(name)}: it ${describeReadFault(before.fault)}`);
    if (before.value.text.replace(/^\uFEFF/, "") !== source.text)
      return failure(`${printablePath(name)} has just changed; run again`);
    const after = applyEdits(
      before.value.text,
      edits.filter((edit) => edit.source === source),
    );
    files.push({ path: source.path, name, before: before.value, after });
  }
  return success(files);
}
