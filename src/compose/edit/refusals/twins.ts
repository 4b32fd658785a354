import type { Network } from "../../project/network.js";
import type { Project } from "../../project/project.js";
import type { Place, Source } from "../../../kit/source.js";
import { child, asMap } from "../../read/value.js";
import { refused, type Refused } from "../../../kit/edit.js";

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
  for (const { main, included } of projects) {
    const isIncluded = included.some(({ source }) => source.path === home.path);
    const others = [...(isIncluded ? main : []), ...included].filter(({ source }) => source.path !== home.path);
    const roots = others.flatMap(({ documents }) => documents.map(({ root }) => root));
    const declarations = roots.flatMap((root) => asMap(child(root, "networks"))?.entries.get(key)?.keyPlace ?? []);
    const [twin] = declarations;
    if (twin) return refused(`a file that include puts together with it has a network "${key}" too`, twin);
    if (!isIncluded || !implicit) continue;
    const includes: Place[] = roots.flatMap((root) => root.entries.get("include")?.keyPlace ?? []);
    return refused("the network is that of the file which includes this one", includes[0] ?? place);
  }
  return undefined;
}
