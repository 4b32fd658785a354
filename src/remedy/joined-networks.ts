import type { StaticAddressFault } from "../compose/engine/static-address-fault.js";
import type { EngineSpan } from "../compose/engine/releases.js";
import { excludeEachOther } from "../compose/engine/host-claims.js";
import { startOrderOf } from "../compose/engine/start-order.js";
import { faultsOfStaticAddresses } from "../compose/engine/static-address-faults.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { StaticAddress } from "../compose/project/service.js";
import { addTo } from "../kit/group.js";
import type { Source } from "../kit/source.js";
import { formatPrefix } from "../ipam/prefix.js";
import { attachmentsOf, type EngineNetwork } from "../workspace/engine-networks/engine-network.js";
import { networksInFile } from "../workspace/networks-in-file.js";
import { enginesRunning } from "./engines.js";
import type { ProjectView } from "../workspace/view.js";

/** Something about an address on a network that another project of the workspace creates. */
export interface JoinedFault {
  /** As this project declares it. */
  readonly network: Network;
  readonly fault: StaticAddressFault;
}

/**
 * What the engine refuses about the static addresses of services that join a network of another project, by what that
 * project says of it.
 */
export function* faultsOnJoinedNetworks(view: ProjectView): Generator<JoinedFault> {
  const { project, wholeWorkspace } = view;
  const span = enginesRunning(view);
  for (const network of networksInFile(view)) {
    if (network.existence.kind !== "external") continue;
    const own = new Set(network.attachments.flatMap(({ addresses }) => addresses));
    if (own.size === 0) continue;
    const [found, another] = wholeWorkspace.engineNetworks().namedBy(project, network, wholeWorkspace.territory);
    if (!found || another) continue;
    const { inOrder, byAddress } = faultsOf(found, span);
    // Thousands may join one network, and each is about its own addresses.
    const indexes = [...own].flatMap((address) => byAddress.get(address) ?? []).sort((left, right) => left - right);
    const faults = indexes
      .flatMap((index) => inOrder[index] ?? [])
      .filter((fault) => !DEPENDS_ON_ORDER.has(fault.kind) && mayMeet(project, fault, found));
    for (const fault of faults) yield { network, fault };
    const refused = new Set(faults.map(({ address }) => address));
    for (const fault of contestWithCreator(project, network, found)) {
      if (own.has(fault.address) && !refused.has(fault.address)) yield { network, fault };
    }
  }
}

/** Among those that join one network, it is not known which starts first. */
const DEPENDS_ON_ORDER: ReadonlySet<StaticAddressFault["kind"]> = new Set(["takenBefore", "mayBeTaken"]);

/** A project with more services is not looked at for each that joins it. */
const MOST_OF_CREATOR = 200;

interface Contest {
  readonly found: EngineNetwork;
  readonly faults: readonly StaticAddressFault[];
}

const knownContests = new WeakMap<Network, Contest>();

/** Each file of the project asks for it. */
function contestWithCreator(project: Project, network: Network, found: EngineNetwork): readonly StaticAddressFault[] {
  let contest = knownContests.get(network);
  if (contest?.found !== found) {
    contest = { found, faults: contestOf(project, network, found) };
    knownContests.set(network, contest);
  }
  return contest.faults;
}

/** The network is there after the project that creates it has started: its services come first. */
function contestOf(project: Project, network: Network, found: EngineNetwork): readonly StaticAddressFault[] {
  const [creator, another] = found.declarations;
  if (!creator || another || creator.network.attachments.length > MOST_OF_CREATOR) return [];
  if (project.fragment !== undefined || creator.project.fragment !== undefined) return [];
  if (creator.project.directory === project.directory || excludeEachOther(creator.project, project)) return [];
  const nameThere = (service: string): string => `${creator.project.shownName}/${service}`;
  const there = creator.network.attachments.map((attachment) => {
    return { ...attachment, service: nameThere(attachment.service) };
  });
  const attachments = [...there, ...network.attachments];
  const order = startOrderOf(project).afterAllOf(startOrderOf(creator.project), nameThere);
  return faultsOfStaticAddresses({ ...creator.network, attachments }, order).filter(({ kind }) =>
    DEPENDS_ON_ORDER.has(kind),
  );
}

interface Faults {
  readonly inOrder: readonly StaticAddressFault[];
  /** The places in that order. */
  readonly byAddress: ReadonlyMap<StaticAddress, readonly number[]>;
  /** The releases that were asked about. */
  readonly span: EngineSpan;
}

const known = new WeakMap<EngineNetwork, Faults>();

function faultsOf(found: EngineNetwork, span: EngineSpan): Faults {
  let faults = known.get(found);
  if (faults?.span.min !== span.min || faults.span.max !== span.max) {
    const definition = definitionOf(found);
    const joined = definition && { ...definition, attachments: attachmentsOf(found) };
    const inOrder = joined ? faultsOfStaticAddresses(joined, undefined, span) : [];
    const byAddress = new Map<StaticAddress, number[]>();
    for (const [index, { address }] of inOrder.entries()) addTo(byAddress, address, index);
    faults = { inOrder, byAddress, span };
    known.set(found, faults);
  }
  return faults;
}

/** Where its declarations have different subnets, nobody knows which of them counts. */
export function definitionOf({ declarations }: EngineNetwork): Network | undefined {
  const created = declarations.map(({ network }) => network).filter(({ existence }) => existence.kind === "created");
  const subnetsOf = (network: Network): string =>
    explicitSubnets(network)
      .map(({ prefix }) => formatPrefix(prefix))
      .join();
  const [first] = created;
  return first && created.every((other) => subnetsOf(other) === subnetsOf(first)) ? first : undefined;
}

/** Projects that never run together may have one address. */
function mayMeet(project: Project, { kind, other }: StaticAddressFault, found: EngineNetwork): boolean {
  if (kind !== "duplicate" || !other) return true;
  const theirs = ownersIn(found).get(other.source)?.get(other.span[0]) ?? [];
  return theirs.some(
    (each) => each === project || (each.directory !== project.directory && !excludeEachOther(each, project)),
  );
}

/** The projects that say an address, by its file and its place there. */
type Owners = ReadonlyMap<Source, ReadonlyMap<number, readonly Project[]>>;

const knownOwners = new WeakMap<EngineNetwork, Owners>();

function ownersIn(found: EngineNetwork): Owners {
  const known = knownOwners.get(found);
  if (known) return known;
  const owners = new Map<Source, Map<number, Project[]>>();
  const members = [
    ...found.declarations.map(({ project, network }) => ({ project, attachments: network.attachments })),
    ...found.joins,
  ];
  for (const { project, attachments } of members) {
    for (const { at } of attachments.flatMap(({ addresses }) => addresses.map(({ address }) => address))) {
      const inFile = owners.get(at.source) ?? new Map<number, Project[]>();
      owners.set(at.source, inFile);
      addTo(inFile, at.span[0], project);
    }
  }
  knownOwners.set(found, owners);
  return owners;
}
