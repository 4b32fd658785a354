import { formatPrefix, rangeOf } from "../../ipam/prefix.js";
import { cureOf } from "../cure.js";
import { nameOf } from "../engine-networks.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, describeForbidden, originOf } from "./words.js";

/** Networks that are up and overlap a forbidden range. */
export function forbiddenNetworks({ forbiddenIn, networks, snapshot }: HostCase): HostFinding[] {
  if (!forbiddenIn) return [];
  return networks.flatMap((network) =>
    network.subnets.flatMap((subnet): HostFinding[] => {
      // A network of the LAN itself, macvlan or ipvlan, has no bridge and lies where it is meant to lie.
      const { known } = network;
      if (known && !/^(?:bridge|overlay)$/.test(known.driver)) return [];
      const hit = forbiddenIn(rangeOf(subnet));
      if (!hit) return [];
      return [
        {
          kind: "forbidden",
          severity: "error",
          headline: `${capital(nameOf(network))} uses ${formatPrefix(subnet)}, which overlaps the forbidden range ${describeForbidden(hit)}`,
          details: originOf(network),
          network: known?.name ?? network.device,
          addresses: formatPrefix(subnet),
          cure: cureOf(network, snapshot.engine?.containers ?? []),
        },
      ];
    }),
  );
}
