import type { Network } from "../../project/network.js";
import type { Project } from "../../project/project.js";
import type { Place, Source } from "../../../kit/source.js";
import { child, asMap } from "../../read/value.js";
import { refused, type Refused } from "../../../kit/edit.js";
import { addTo } from "../../../kit/group.js";

/**
 * Why a network can't be edited in one file alone: `include` puts the file together with others that have the same
 * network, and Compose before 5 refuses two declarations that are not the same.
 *
 * @param projects All that have the file.
 */
export function refuseTwins(
  projects: readonly Project[],
  home: Source,
  { key, implicit, place }: Pick<Network, "key" | "implicit" | "place">,
): Refused | undefined {
  for (const project of projects) {
    const { main, included } = project;
    if (main.length + included.length === 1) continue;
    const found = twinsIn(project);
    const isIncluded = found.includedPaths.has(home.path);
    const twin = found.declarations.get(key)?.find(({ at, isMain }) => {
      return at.source.path !== home.path && (isIncluded || !isMain);
    });
    if (twin) return refused(`a file that include puts together with it has a network "${key}" too`, twin.at);
    if (!isIncluded || !implicit) continue;
    const roots = [...main, ...included]
      .filter(({ source }) => source.path !== home.path)
      .flatMap(({ documents }) => documents.map(({ root }) => root));
    const [include] = roots.flatMap((root) => root.entries.get("include")?.keyPlace ?? []);
    return refused("the network is that of the file which includes this one", include ?? place);
  }
  return undefined;
}

interface Twins {
  readonly includedPaths: ReadonlySet<string>;
  /** By key, those of the main files first. */
  readonly declarations: ReadonlyMap<string, readonly { readonly at: Place; readonly isMain: boolean }[]>;
}

/** Asked for once for each network of a project, and hundreds of files may make one. */
const known = new WeakMap<Project, Twins>();

function twinsIn(project: Project): Twins {
  let twins = known.get(project);
  if (!twins) {
    const declarations = new Map<string, { at: Place; isMain: boolean }[]>();
    for (const [files, isMain] of [[project.main, true] as const, [project.included, false] as const]) {
      for (const { root } of files.flatMap(({ documents }) => documents)) {
        for (const { key, keyPlace } of asMap(child(root, "networks"))?.entries.values() ?? []) {
          addTo(declarations, key, { at: keyPlace, isMain });
        }
      }
    }
    twins = { includedPaths: new Set(project.included.map(({ source }) => source.path)), declarations };
    known.set(project, twins);
  }
  return twins;
}
