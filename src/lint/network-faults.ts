import type { NetworkFault } from "../compose/engine/network-fault.js";
import { faultsOfNetwork } from "../compose/engine/network-faults.js";
import type { StaticAddressFault } from "../compose/engine/static-address-fault.js";
import { faultsOfStaticAddresses } from "../compose/engine/static-address-faults.js";
import { startOrderOf } from "../compose/engine/start-order.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { remembered } from "../kit/remember.js";
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

const addressFaultsIn = remembered((project: Project): readonly AddressFault[] =>
  createdNetworks(project).flatMap((network) =>
    faultsOfStaticAddresses(network, startOrderOf(project)).map((fault) => ({ network, fault })),
  ),
);

export const addressFaultsInFile = foundInFile(addressFaultsIn, ({ fault }) => fault.at);

/** All of a network, in whichever files. */
export function addressFaultsOf(project: Project, network: Network): readonly StaticAddressFault[] {
  return addressFaultsIn(project).flatMap((found) => (found.network === network ? found.fault : []));
}
