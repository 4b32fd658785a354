import { addressMap, type AddressMap } from "../../../map/address-map.js";
import { networksInList, type FoundNetworks } from "../../../map/read-list.js";
import { joinPath } from "../../../kit/paths.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import { allowedFiles } from "../../arguments/bounds.js";
import type { MapRequest } from "../../arguments/map.js";
import { shellVariables } from "../../arguments/shell-variables.js";
import { reportLeftOut } from "../../files/not-checked.js";
import { complainOfPolicies, GoverningPolicies } from "../../files/policies.js";
import { readProjects } from "../../files/read-projects.js";
import { findTargets } from "../../files/targets.js";
import { listAsData } from "../../reports/list-json.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { workspaceFor } from "../../workspaces.js";
import { readOthers } from "./others.js";
import { policyItems } from "./policy-items.js";

/** Draws who has which addresses: forbidden ranges, pools, networks, and what Docker may pick. */
export async function map(request: MapRequest, terminal: Terminal): Promise<ExitCode> {
  const { cwd } = terminal;
  const fail = (message: string): ExitCode => {
    complain(terminal, message);
    return EXIT_CODES.trouble;
  };
  const others = readOthers(request.from, terminal);
  if (!others.ok) return fail(others.fault);
  const variables = shellVariables(request.env, process.env);
  if (!variables.ok) return fail(variables.fault);
  const allowed = allowedFiles(request, cwd);
  if (!allowed.ok) return fail(allowed.fault);
  const named = request.paths.map((path) => joinPath(cwd, toPosix(path)));
  const { profiles } = request;
  const workspace = workspaceFor({ cwd, variables: variables.value, profiles, ...allowed.value, named });
  // Lists of repositories stand for themselves; a snapshot is laid beside what is here.
  const drawsWorkspace = request.paths.length > 0 || !others.value.hasLists;
  const found = drawsWorkspace
    ? findTargets(request.paths, cwd, (directory) => workspace.foundBelow(directory), workspace)
    : undefined;
  if (found?.ok === false) return fail(found.fault);
  const targets = found?.value ?? { files: [], governed: [], ignored: [], notChecked: [], notes: [] };
  const { views, problems, notChecked } = readProjects(targets.files, workspace);
  for (const problem of problems) complain(terminal, problem);
  const policies = new GoverningPolicies({ ...targets, governed: [...targets.governed, cwd] }, workspace);
  const isFaulty = complainOfPolicies(policies, terminal);
  const leftOut = policies.withoutTold([...targets.notChecked, ...notChecked]);
  const isTroubled = reportLeftOut(leftOut, targets.notes, terminal) || isFaulty || problems.length > 0;
  const own = networksInList(listAsData(views, cwd)) ?? NOTHING;
  const drawn = addressMap(
    [...policyItems(workspace.policyFor(joinPath(cwd, "compose.yaml")), cwd), ...own.items, ...others.value.items],
    [...own.automatic, ...others.value.automatic],
  );
  terminal.stdout.write(await drawnAs(request.format, drawn, terminal));
  if (isTroubled) return EXIT_CODES.trouble;
  return drawn.networks.length + drawn.automatic.length > 0 ? EXIT_CODES.clean : EXIT_CODES.nothing;
}

const NOTHING: FoundNetworks = { items: [], automatic: [] };

/** For a file, or another program. */
const USUAL_WIDTH = 100;

async function drawnAs(format: MapRequest["format"], drawn: AddressMap, { stdout }: Terminal): Promise<string> {
  switch (format) {
    case "svg": {
      const { mapAsSvg } = await import("../../../map/svg.js");
      return mapAsSvg(drawn);
    }
    case "html": {
      const { mapAsHtml } = await import("../../../map/html.js");
      return mapAsHtml(drawn);
    }
    case "text": {
      const [{ mapAsText }, { painter }] = await Promise.all([
        import("../../reports/map-text.js"),
        import("../../terminal/paint.js"),
      ]);
      const width = stdout.isTerminal ? process.stdout.columns : USUAL_WIDTH;
      return mapAsText(drawn, width, painter(stdout.hasColors));
    }
  }
}
