import type { ExplicitSubnet } from "../compose/project/addressing.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Place } from "../kit/source.js";

/** A subnet that is written in a file, with the network that has it. */
export interface WrittenSubnet {
  readonly network: Network;
  readonly subnet: ExplicitSubnet;
  /** Where its text is. */
  readonly at: Place;
}

/** The networks that Compose certainly creates. */
export function createdNetworks({ networks }: Project): readonly Network[] {
  return networks.filter(({ existence }) => existence.kind === "created");
}

/** Every subnet of a network that Compose may create, but not of one that lies on a LAN, and so stays where it is. */
export function* subnetsOffTheLan({ networks }: Project): Generator<WrittenSubnet> {
  for (const network of networks) {
    const { kind } = network.existence;
    if (kind !== "external" && kind !== "unused" && network.reach !== "lan") yield* subnetsOf(network);
  }
}

export function* subnetsOf(network: Network): Generator<WrittenSubnet> {
  for (const subnet of explicitSubnets(network)) yield { network, subnet, at: subnet.at };
}
