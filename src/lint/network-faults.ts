import type { NetworkFault } from "../compose/engine/network-fault.js";
import { faultsOfNetwork } from "../compose/engine/network-faults.js";
import type { EngineSpan } from "../compose/engine/releases.js";
import type { StaticAddressFault } from "../compose/engine/static-address-fault.js";
import { faultsOfStaticAddresses } from "../compose/engine/static-address-faults.js";
import { startOrderOf } from "../compose/engine/start-order.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { remembered } from "../kit/remember.js";
import type { ProjectView } from "../workspace/view.js";
import { foundInFile } from "./found-in-file.js";
import { createdNetworks } from "./which-networks.js";

/*
 * What engines refuse about networks. All services of a project may join one network, and each file with one of them
 * asks about it: so each answer is worked out once.
 */

/** @param whole Whether the files are the whole project: otherwise nothing is said of what they lack. */
export function faultsOf(network: Network, whole: boolean): readonly NetworkFault[] {
  return (whole ? faultsOfWhole : faultsOfPart)(network);
}

const faultsOfWhole = remembered((network: Network) => faultsOfNetwork(network, true));
const faultsOfPart = remembered((network: Network) => faultsOfNetwork(network, false));

/** Something about an address that a service asks for on a network that the project creates. */
export interface AddressFault {
  readonly network: Network;
  readonly fault: StaticAddressFault;
}

/** What is asked about the engines of one span. Few policies name other ones than the rest. */
function askingAbout(span: EngineSpan) {
  const inProject = remembered((project: Project): readonly AddressFault[] =>
    createdNetworks(project).flatMap((network) =>
      faultsOfStaticAddresses(network, startOrderOf(project), span).map((fault) => ({ network, fault })),
    ),
  );
  return { inProject, inFile: foundInFile(inProject, ({ fault }) => fault.at) };
}

const bySpan = new Map<string, ReturnType<typeof askingAbout>>();

function askAbout(span: EngineSpan): ReturnType<typeof askingAbout> {
  const key = `${span.min} ${span.max}`;
  const known = bySpan.get(key) ?? askingAbout(span);
  bySpan.set(key, known);
  return known;
}

/** @param span The engines that run the files. */
export function addressFaultsInFile(
  view: Pick<ProjectView, "project" | "file">,
  span: EngineSpan,
): readonly AddressFault[] {
  return askAbout(span).inFile(view);
}

/** All of a network, in whichever files. */
export function addressFaultsOf(project: Project, network: Network, span: EngineSpan): readonly StaticAddressFault[] {
  return askAbout(span)
    .inProject(project)
    .flatMap((found) => (found.network === network ? found.fault : []));
}
