import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Place, Span } from "../kit/source.js";
import type { ProjectView } from "../workspace/view.js";

/** A network that a place in a file is about. */
export interface NetworkAt {
  readonly view: ProjectView;
  readonly network: Network;
  /** What of the file stands for it. */
  readonly span: Span;
}

/** The network whose key, subnet or user is at an offset, as the first project of the file sees it. */
export function networkAt(file: ComposeFile, views: readonly ProjectView[], offset: number): NetworkAt | undefined {
  const isHere = ({ source, span }: Place): boolean => source === file.source && span[0] <= offset && offset <= span[1];
  for (const view of views) {
    for (const network of view.project.networks) {
      const place = placesOf(network).find(isHere);
      if (place) return { view, network, span: place.span };
    }
  }
  return undefined;
}

function placesOf(network: Network): readonly Place[] {
  const { place, attachments } = network;
  return [
    ...explicitSubnets(network).map(({ at }) => at),
    ...attachments.flatMap(({ addresses, place: at }) => [...addresses.map(({ address }) => address.at), at]),
    place,
  ];
}
