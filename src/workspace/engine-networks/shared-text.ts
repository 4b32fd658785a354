import type { Place } from "../../kit/source.js";
import type { Network } from "../../compose/project/network.js";
import { byCodeUnits } from "../../kit/order.js";
import type { Declaration, EngineNetwork } from "./engine-network.js";
import { hashedWords, type Identity } from "./identity.js";

/** The same for networks that one text declares, in whichever projects. */
export function textKey({ source, span }: Place): string {
  return `${source.path}\n${span[0]}`;
}

interface SharedText {
  readonly members: ReadonlySet<EngineNetwork>;
  /** All of them as one. */
  readonly network: EngineNetwork;
}

/**
 * A network with all others that have a text in common with it, and those that have one in common with these.
 *
 * @param declaredWith The networks that the text of a network declares.
 */
export function withSharedText(
  found: EngineNetwork,
  declaredWith: (network: Network) => readonly EngineNetwork[],
): SharedText {
  const all = new Set([found]);
  for (const each of all) {
    for (const { network } of each.declarations) for (const other of declaredWith(network)) all.add(other);
  }
  if (all.size === 1) return { members: all, network: found };
  const networks = [...all];
  const homes = networks.filter(({ declarations }) => declarations.some(isAtHome));
  const [first = found] = (homes.length > 0 ? homes : networks).sort(
    (left, right) => RANKS[left.identity.kind] - RANKS[right.identity.kind] || byWords(left, right),
  );
  const [declarations, joins] = [networks.flatMap((each) => each.declarations), networks.flatMap((each) => each.joins)];
  const network = {
    declarations: declarations.sort((left, right) => inOrder(left.network.place, right.network.place)),
    joins: [...new Set(joins)].sort((left, right) => inOrder(left.place, right.place)),
    identity: first.identity,
    host: first.host,
  };
  return { members: all, network };
}

/** A name keeps its words wherever the files lie. */
const RANKS: Readonly<Record<Identity["kind"], number>> = { project: 0, name: 1, directory: 2, open: 3 };

/** Whether it is the file's own project that says it. */
function isAtHome({ project: { main }, network: { place } }: Declaration): boolean {
  return main[0]?.source.path === place.source.path;
}

function byWords({ identity: left }: EngineNetwork, { identity: right }: EngineNetwork): number {
  const [a = "", b = ""] = [left, right].map((identity) => hashedWords(identity, { id: "", root: "/" }));
  return byCodeUnits(a, b);
}

function inOrder(left: Place, right: Place): number {
  return byCodeUnits(left.source.path, right.source.path) || left.span[0] - right.span[0];
}
