import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { explicitSubnets } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix, type Prefix } from "../ipam/prefix.js";
import { refused, type Refused } from "../kit/edit.js";
import type { EngineNetwork } from "../workspace/engine-networks/engine-network.js";

/**
 * Why a subnet is not moved without those of other projects: afterwards the network would have two. It may be moved to
 * one that another declaration has. Files of one directory that do not agree are alternatives.
 */
export function otherSubnetOf(
  found: EngineNetwork,
  { directory }: Project,
  from: Prefix,
  to: Prefix,
): Refused | undefined {
  const written = writtenIn(found, from.address.family);
  if (written.some(({ texts }) => texts.has(formatPrefix(to)))) return undefined;
  const own = formatPrefix(from);
  const other = written.find(({ texts, directory: theirs }) => theirs !== directory && !texts.has(own));
  return other && refused(`it has another subnet there, ${formatPrefix(other.first.prefix)}`, other.first.at);
}

interface Written {
  readonly texts: ReadonlySet<string>;
  readonly first: ExplicitSubnet;
  readonly directory: string;
}

const known = {
  4: new WeakMap<EngineNetwork, readonly Written[]>(),
  6: new WeakMap<EngineNetwork, readonly Written[]>(),
};

/** What is written for a network, each in the first two directories: one of them is not the own one. */
function writtenIn(found: EngineNetwork, family: Family): readonly Written[] {
  const before = known[family].get(found);
  if (before) return before;
  const directories = new Map<string, Set<string>>();
  const written: Written[] = [];
  for (const { project, network } of found.declarations) {
    const subnets = explicitSubnets(network).filter(({ prefix }) => prefix.address.family === family);
    const [first] = subnets;
    const texts = new Set(subnets.map(({ prefix }) => formatPrefix(prefix)));
    const all = [...texts].sort().join();
    const seen = directories.get(all) ?? new Set();
    directories.set(all, seen);
    if (!first || seen.size === 2 || seen.has(project.directory)) continue;
    seen.add(project.directory);
    written.push({ texts, first, directory: project.directory });
  }
  known[family].set(found, written);
  return written;
}
