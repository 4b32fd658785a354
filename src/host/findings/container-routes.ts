import { formatRange, rangesOverlap } from "../../ipam/range.js";
import { rangeOf } from "../../ipam/prefix.js";
import { cureOf } from "../cure.js";
import { nameOf } from "../engine-networks.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, describeRoute, originOf } from "./words.js";

/** Where the bridges are in a virtual machine, only the containers lose what their network covers. */
export function containerRoutes({ snapshot, networks }: HostCase): HostFinding[] {
  const { engine, routes } = snapshot;
  if (!engine || engine.runs === "here") return [];
  return networks.flatMap((network) => {
    if (!network.known) return [];
    const ranges = network.subnets.map(rangeOf);
    const route = routes.find(
      ({ type, to, table }) =>
        type === "unicast" &&
        table !== "local" &&
        to.length > 1 &&
        ranges.some((range) => rangesOverlap(range, rangeOf(to))),
    );
    if (!route) return [];
    const addresses = formatRange(rangeOf(route.to));
    return [
      {
        kind: "container-route",
        severity: "warning",
        headline: `Inside ${engine.runs}, ${nameOf(network)} covers addresses of the route ${describeRoute(route)}`,
        details: [
          "Containers and builds can't reach these hosts. This computer itself still can.",
          ...originOf(network),
        ].map(capital),
        network: network.known.name,
        addresses,
        cure: cureOf(network, engine.containers ?? []),
      },
    ];
  });
}
