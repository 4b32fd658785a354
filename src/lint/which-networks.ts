import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Place } from "../kit/source.js";
import type { ProjectView } from "../workspace/view.js";
import { networksInFile } from "../workspace/networks-in-file.js";

/** A subnet that is written in a file, with the network that has it. */
export interface WrittenSubnet {
  readonly network: Network;
  readonly subnet: ExplicitSubnet;
  /** Where its text is. */
  readonly at: Place;
}

/** The networks that Compose certainly creates. */
export function createdNetworks({ networks }: { readonly networks: readonly Network[] }): readonly Network[] {
  return networks.filter(({ existence }) => existence.kind === "created");
}

/** Those of them that the file being looked at says something of. */
export function createdNetworksInFile(view: ProjectView): readonly Network[] {
  return createdNetworks({ networks: networksInFile(view) });
}

/** Every subnet of a network that Compose may create, but not of one that lies on a LAN, and so stays where it is. */
export function* subnetsOffTheLan(view: ProjectView): Generator<WrittenSubnet> {
  for (const network of networksInFile(view)) {
    const { kind } = network.existence;
    if (kind !== "external" && kind !== "unused" && network.reach !== "lan") yield* subnetsOf(network);
  }
}

export function* subnetsOf(network: Network): Generator<WrittenSubnet> {
  for (const subnet of explicitSubnets(network)) yield { network, subnet, at: subnet.at };
}
