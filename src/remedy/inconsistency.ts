import { excludeEachOther } from "../compose/engine/host-claims.js";
import type { Addressing } from "../compose/project/addressing.js";
import { familyOfPool, type IpamPool } from "../compose/project/ipam-pool.js";
import type { Network } from "../compose/project/network.js";
import { firstDifference, settingsOf } from "../compose/project/settings.js";
import type { Place } from "../kit/source.js";
import type { Family } from "../ipam/address.js";
import { formatPrefix } from "../ipam/prefix.js";
import { UNNAMED_HOST } from "../policy/hosts.js";
import type { Declaration, EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import { collisionOf, type Collision } from "./second-up.js";
import type { ProjectView } from "../workspace/view.js";

/** How another project declares the same engine network. */
export type Inconsistency =
  | { readonly kind: "key"; readonly other: Declaration; readonly place: Place }
  /** Both have subnets, and not the same ones. */
  | (Different & { readonly kind: "subnet"; readonly family: Family; readonly subnets: Subnets })
  /** Only the other one has a subnet. */
  | (Different & { readonly kind: "open here"; readonly family: Family; readonly subnets: Subnets })
  /** Only this one has a subnet: those are all that have none. */
  | (Different & {
      readonly kind: "open there";
      readonly family: Family;
      readonly others: readonly Declaration[];
      readonly subnets: Subnets;
    })
  | (Different & { readonly kind: "setting"; readonly setting: string });

interface Different {
  readonly other: Declaration;
  readonly place: Place;
  readonly collision: Collision;
}

type SubnetInconsistency = Extract<Inconsistency, { readonly family: Family }>;

/** As texts: of this declaration, and of the other one. */
interface Subnets {
  readonly own: string;
  readonly other: string;
}

/** So many declarations of one network are compared with each other. */
const ENOUGH = 100;

/**
 * In what two projects disagree about a network that the engine takes for one. All of it: a fix of one thing must not
 * bring another to light.
 */
export function inconsistenciesOf(view: ProjectView, network: Network, found: EngineNetwork): readonly Inconsistency[] {
  const own = found.declarations.find((declaration) => declaration.network === network);
  if (!own) return [];
  const others = [...found.declarations.slice(0, ENOUGH), ...namedAfterDirectories(view, own)].filter((other) =>
    mayBothBeUp(own, other),
  );
  // What two projects have on a host is read from their files again: only for those that differ.
  const isUp = (other: Declaration): boolean => areBothUp(own, other);
  const otherKey = others.find((other) => other.network.key !== network.key && isUp(other));
  if (otherKey) return [{ kind: "key", other: otherKey, place: otherKey.network.place }];
  const subnets = ([4, 6] as const).flatMap((family) => differenceInSubnets(own, others, isUp, family) ?? []);
  const settings = settingsOf(network);
  const families = new Set(subnets.map(({ family }) => family));
  for (const other of others) {
    // No subnet is copied from a pool that has more: the rest depends on the subnet.
    const isOfSubnets = (pool: number): boolean =>
      [network, other.network].some(({ pools }) => hasFamily(pools[pool], families));
    const setting = firstDifference(settings, settingsOf(other.network), isOfSubnets);
    if (setting !== undefined && isUp(other)) {
      const different = { other, place: other.network.place, collision: collisionOf(own, [other]) };
      return [...subnets, { kind: "setting", setting, ...different }];
    }
  }
  return subnets;
}

function hasFamily(pool: IpamPool | undefined, families: ReadonlySet<Family>): boolean {
  const family = pool && familyOfPool(pool);
  return family !== undefined && families.has(family);
}

/** A written name that another project gets from its directory means that one. */
function namedAfterDirectories(view: ProjectView, own: Declaration): readonly Declaration[] {
  if (own.identity.kind !== "name") return [];
  const { wholeWorkspace, project } = view;
  const named = wholeWorkspace.engineNetworks().namedBy(project, own.network, wholeWorkspace.territory);
  const [found, another] = named.filter(({ declarations }) => declarations.every(isNamedAfterDirectory));
  return found && !another ? found.declarations.slice(0, ENOUGH) : [];
}

function isNamedAfterDirectory({ identity: { kind } }: Declaration): boolean {
  return kind === "directory";
}

function differenceInSubnets(
  declaration: Declaration,
  others: readonly Declaration[],
  isUp: (other: Declaration) => boolean,
  family: Family,
): SubnetInconsistency | undefined {
  const own = addressingOf(declaration.network, family);
  if (own.mode !== "explicit" && own.mode !== "automatic") return undefined;
  const text = subnetsIn(own);
  const written = others.find((other) => {
    const theirs = addressingOf(other.network, family);
    return theirs.mode === "explicit" && subnetsIn(theirs) !== text && isUp(other);
  });
  if (written) {
    const theirs = addressingOf(written.network, family);
    const [first] = theirs.mode === "explicit" ? theirs.subnets : [];
    const place = first?.at ?? written.network.place;
    const subnets = { own: text, other: subnetsIn(theirs) };
    const kind = own.mode === "explicit" ? "subnet" : "open here";
    return { kind, family, other: written, place, subnets, collision: collisionOf(declaration, [written]) };
  }
  if (own.mode !== "explicit") return undefined;
  const open = others.filter((other) => addressingOf(other.network, family).mode === "automatic" && isUp(other));
  const [other] = open;
  if (!other) return undefined;
  const { place } = other.network;
  const subnets = { own: text, other: "" };
  return { kind: "open there", family, other, others: open, place, subnets, collision: collisionOf(declaration, open) };
}

function addressingOf({ ipv4, ipv6 }: Network, family: Family): Addressing {
  return family === 4 ? ipv4 : ipv6;
}

function subnetsIn(addressing: Addressing): string {
  return addressing.mode === "explicit"
    ? addressing.subnets
        .map(({ prefix }) => formatPrefix(prefix))
        .sort()
        .join(" and ")
    : "";
}

/**
 * Whether two declarations are of projects that can be up together, for all that their places say. Files of one
 * directory are alternatives, or are merged; a part of a project says too little; projects that share a file are
 * variants of one.
 */
function mayBothBeUp(own: Declaration, other: Declaration): boolean {
  if (other.project === own.project || other.project.directory === own.project.directory) return false;
  if (other.network.existence.kind !== "created" || other.project.stack !== own.project.stack) return false;
  if (own.project.fragment !== undefined || other.project.fragment !== undefined) return false;
  const paths = new Set(own.project.main.map(({ source }) => source.path));
  return !other.project.main.some(({ source }) => paths.has(source.path));
}

function areBothUp(own: Declaration, other: Declaration): boolean {
  return sharedHost(own, other) !== undefined || !excludeEachOther(own.project, other.project);
}

/** A project of another directory that Compose takes for this one, since both run on one host under one name. */
export function namesakeOf(view: ProjectView, network: Network, found: EngineNetwork): Namesake | undefined {
  const own = found.declarations.find((declaration) => declaration.network === network);
  if (own?.identity.kind !== "directory") return undefined;
  const { wholeWorkspace, project } = view;
  const others = wholeWorkspace.engineNetworks().namedBy(project, network, wholeWorkspace.territory);
  for (const other of others) {
    if (other === found) continue;
    for (const declaration of other.declarations) {
      const host = sharedHost(own, declaration);
      if (host !== undefined && declaration.project.fragment === undefined) return { declaration, host };
    }
  }
  return undefined;
}

export interface Namesake {
  readonly declaration: Declaration;
  readonly host: string;
}

/** A host that the policy names for both. */
function sharedHost(one: Declaration, other: Declaration): string | undefined {
  return [...one.hosts].find((host) => host !== UNNAMED_HOST && other.hosts.has(host));
}
