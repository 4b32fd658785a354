import { explicitSubnets, type Network } from "../compose/project/network.js";
import { baseName } from "../kit/paths.js";
import type { Place } from "../kit/source.js";
import { remembered } from "../kit/remember.js";
import type { Declaration, EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import { textKey } from "../workspace/engine-networks/shared-text.js";

/**
 * The place that keeps a network with both families from being pinned. Files of one directory may be merged, and of two
 * lists with two pools Compose takes one pool twice: so only one of the files may have any.
 */
export function poolsElsewhere(network: Network, found: EngineNetwork): Place | undefined {
  const { byDirectory, byText } = layoutOf(found);
  const own = textKey(network.place);
  const directories = [...(byText.get(own) ?? [])].flatMap((directory) => byDirectory.get(directory) ?? []);
  const hasBoth = (["ipv4", "ipv6"] as const).every((family) => directories.some(({ wanted }) => wanted.has(family)));
  if (!hasBoth) return undefined;
  for (const { pinned } of directories) {
    for (const [text, place] of pinned) if (text !== own) return place;
  }
  if (explicitSubnets(network).length > 0) return undefined;
  const home = directories.map(({ first }) => first).toSorted(baseFirst)[0];
  return home && textKey(home.network.place) !== own ? home.network.place : undefined;
}

/** What the declarations of one directory say, whose files may be merged. */
interface Directory {
  readonly wanted: Set<"ipv4" | "ipv6">;
  /** The first two texts with a subnet: one of them is not the own one. */
  readonly pinned: Map<string, Place>;
  /** Where subnets are written if no file has one. */
  first: Declaration;
}

interface Layout {
  readonly byDirectory: ReadonlyMap<string, Directory>;
  /** The directories of the projects that a text belongs to. */
  readonly byText: ReadonlyMap<string, ReadonlySet<string>>;
}

const layoutOf = remembered(({ declarations }: EngineNetwork): Layout => {
  const byDirectory = new Map<string, Directory>();
  const byText = new Map<string, Set<string>>();
  for (const declaration of declarations) {
    const { network, project } = declaration;
    const text = textKey(network.place);
    const directory: Directory = byDirectory.get(project.directory) ?? {
      wanted: new Set(),
      pinned: new Map(),
      first: declaration,
    };
    byDirectory.set(project.directory, directory);
    for (const family of ["ipv4", "ipv6"] as const) {
      if (["explicit", "automatic"].includes(network[family].mode)) directory.wanted.add(family);
    }
    const [subnet] = explicitSubnets(network);
    if (subnet && directory.pinned.size < 2) directory.pinned.set(text, subnet.at);
    if (baseFirst(declaration, directory.first) < 0) directory.first = declaration;
    byText.set(text, (byText.get(text) ?? new Set()).add(project.directory));
  }
  return { byDirectory, byText };
});

/** What Compose starts with where no files are named. */
function baseFirst(left: Declaration, right: Declaration): number {
  return Number(isBase(right)) - Number(isBase(left));
}

function isBase({ project: { main } }: Declaration): boolean {
  return main[0] !== undefined && /^(?:docker-)?compose\.ya?ml$/.test(baseName(main[0].source.path));
}
