import type { StaticAddressFault } from "../compose/engine/static-address-fault.js";
import { excludeEachOther } from "../compose/engine/host-claims.js";
import { faultsOfStaticAddresses } from "../compose/engine/static-address-faults.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Place } from "../kit/source.js";
import { formatPrefix } from "../ipam/prefix.js";
import { attachmentsOf, type EngineNetwork } from "../workspace/engine-networks/engine-network.js";
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
  for (const network of project.networks) {
    if (network.existence.kind !== "external") continue;
    const own = new Set(network.attachments.flatMap(({ addresses }) => addresses));
    if (own.size === 0) continue;
    const [found, another] = wholeWorkspace.engineNetworks().namedBy(project, network, wholeWorkspace.territory);
    if (!found || another) continue;
    for (const fault of faultsOf(found)) {
      if (own.has(fault.address) && !DEPENDS_ON_ORDER.has(fault.kind) && mayMeet(project, fault, found))
        yield { network, fault };
    }
  }
}

/** Nobody knows which of several projects starts first. */
const DEPENDS_ON_ORDER: ReadonlySet<StaticAddressFault["kind"]> = new Set(["takenBefore", "mayBeTaken"]);

const known = new WeakMap<EngineNetwork, readonly StaticAddressFault[]>();

function faultsOf(found: EngineNetwork): readonly StaticAddressFault[] {
  let faults = known.get(found);
  if (!faults) {
    const definition = definitionOf(found);
    faults = definition ? faultsOfStaticAddresses({ ...definition, attachments: attachmentsOf(found) }) : [];
    known.set(found, faults);
  }
  return faults;
}

/** Where its declarations have different subnets, nobody knows which of them counts. */
function definitionOf({ declarations }: EngineNetwork): Network | undefined {
  const created = declarations.map(({ network }) => network).filter(({ existence }) => existence.kind === "created");
  const subnetsOf = (network: Network): string =>
    explicitSubnets(network)
      .map(({ prefix }) => formatPrefix(prefix))
      .join();
  const [first] = created;
  return first && created.every((other) => subnetsOf(other) === subnetsOf(first)) ? first : undefined;
}

/** Projects that never run together may have one address. */
function mayMeet(
  project: Project,
  { kind, other }: StaticAddressFault,
  { declarations, joins }: EngineNetwork,
): boolean {
  if (kind !== "duplicate" || !other) return true;
  const theirs = [
    ...declarations.map(({ project: declaring, network }) => ({ project: declaring, ...network })),
    ...joins,
  ]
    .filter(({ attachments }) =>
      attachments.some(({ addresses }) => addresses.some(({ address }) => isAt(address, other))),
    )
    .map((member) => member.project);
  return theirs.some(
    (each) => each === project || (each.directory !== project.directory && !excludeEachOther(each, project)),
  );
}

function isAt({ at }: { readonly at: Place }, place: Place): boolean {
  return at.source === place.source && at.span[0] === place.span[0];
}
