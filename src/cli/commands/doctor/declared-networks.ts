import { explicitSubnets } from "../../../compose/project/network.js";
import type { DeclaredNetwork, EngineNetwork, EngineState } from "../../../host/snapshot.js";
import { maskPrefix } from "../../../ipam/prefix.js";
import { directoryOf, isAbsolutePath } from "../../../kit/paths.js";
import { positionAt } from "../../../kit/source.js";
import { toPosix } from "../../../workspace/files/native-paths.js";
import type { ProjectView } from "../../../workspace/view.js";
import { readProjects } from "../../files/read-projects.js";
import { workspaceFor } from "../../workspaces.js";

/** More projects, or files of one, than people run on a host. */
const MOST_PROJECTS = 200;
const MOST_FILES = 20;

/**
 * Adds what the compose files say now, where labels lead to them and they can be read. A project that is not put
 * together from just these files is left out: what it says would be a guess.
 */
export function withDeclared(engine: EngineState): EngineState {
  if (engine.runs !== "here") return engine;
  const views = new Map(
    [...filesByProject(engine)].slice(0, MOST_PROJECTS).map(([project, files]) => [project, viewOf(files)]),
  );
  const networks = engine.networks.map((network) => ({ ...network, declared: declaredOf(network, views) }));
  return { ...engine, networks };
}

/** Those that all containers of a project agree on. */
function filesByProject({ containers = [] }: EngineState): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const isOpen = new Set<string>();
  for (const { project, files } of containers) {
    if (project === undefined || files.length === 0) continue;
    const known = found.get(project);
    if (known && known.join("\n") !== files.join("\n")) isOpen.add(project);
    found.set(project, files);
  }
  for (const project of isOpen) found.delete(project);
  return found;
}

function viewOf(labelled: readonly string[]): ProjectView | undefined {
  const files = labelled.map(toPosix);
  const [first] = files;
  if (first === undefined || files.length > MOST_FILES || !files.every(isAbsolutePath)) return undefined;
  const workspace = workspaceFor({ cwd: directoryOf(first), named: files });
  const { views } = readProjects(files, workspace);
  const wanted = files.toSorted().join("\n");
  return views.find(
    ({ project }) =>
      project.main
        .map(({ source }) => source.path)
        .toSorted()
        .join("\n") === wanted,
  );
}

function declaredOf(
  { project, key }: EngineNetwork,
  views: ReadonlyMap<string, ProjectView | undefined>,
): DeclaredNetwork | undefined {
  const view = project === undefined ? undefined : views.get(project);
  const network = view?.project.networks.find((each) => each.key === key);
  const subnets = network ? explicitSubnets(network) : [];
  const [first] = subnets;
  if (!first) return undefined;
  const { source, span } = first.at;
  return {
    file: source.path,
    line: positionAt(source, span[0]).line,
    subnets: subnets.map(({ prefix }) => maskPrefix(prefix)),
  };
}
