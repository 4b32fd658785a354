import type { Place } from "../../kit/source.js";
import { readText } from "../read/scalar-text.js";
import { asMap, asScalar, child, type MapValue, type Value } from "../read/value.js";
import type { Network } from "./network.js";
import type { Service } from "./service.js";

/** A name in a service that leads nowhere: Compose refuses the project. */
export interface BrokenLink {
  readonly kind: "network" | "service" | "itself";
  readonly service: string;
  /** As people may see it. */
  readonly name: string;
  readonly at: Place;
}

/** The networks that services join and nobody declares, and the services whose network they share and which do not exist. */
export function brokenLinksOf(
  root: MapValue | undefined,
  services: readonly Service[],
  networks: readonly Network[],
): readonly BrokenLink[] {
  const declared = new Set(["default", ...networks.map(({ key }) => key)]);
  const toNetworks = services.flatMap(({ attachments }) =>
    attachments.flatMap(({ service, network, shownNetwork, place }): BrokenLink[] =>
      declared.has(network) ? [] : [{ kind: "network", service, name: shownNetwork, at: place }],
    ),
  );
  const entries = asMap(child(root, "services"))?.entries;
  const toServices = [...(entries?.values() ?? [])].flatMap(({ key: service, value }): BrokenLink[] => {
    const mode = child(value, "network_mode");
    const name = sharedService(mode);
    if (!mode || name === undefined) return [];
    if (name === service) return [{ kind: "itself", service, name, at: mode.place }];
    return entries?.has(name) === true ? [] : [{ kind: "service", service, name, at: mode.place }];
  });
  return [...toNetworks, ...toServices];
}

/** Of `network_mode: service:web`, the name. One with variables may be a secret, or another on each host. */
function sharedService(mode: Value | undefined): string | undefined {
  const scalar = asScalar(mode);
  if (!scalar || scalar.interpolation !== undefined) return undefined;
  const text = readText(scalar);
  return text?.known === true ? /^service:(.+)$/.exec(text.text)?.[1] : undefined;
}
