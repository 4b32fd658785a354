import { formatPrefix } from "../../ipam/prefix.js";
import { formatRange } from "../../ipam/range.js";
import { cureOf } from "../cure.js";
import { nameOf, type HostNetwork } from "../engine-networks.js";
import { takeoversOf, type Takeover } from "../takeovers.js";
import type { Route } from "../snapshot.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, describeRoute, list, originOf, subnetsOf } from "./words.js";

/** Networks that take addresses from a route, and routes that take addresses from a network. */
export function shadowedRoutes(host: HostCase): HostFinding[] {
  const { routing, boundaries, networks, isDockers, snapshot } = host;
  return networks.flatMap((network) => {
    const takeovers = takeoversOf(network, routing, boundaries);
    return [...new Set(takeovers.map(({ route }) => route))].flatMap((route): HostFinding[] => {
      const ofRoute = takeovers.filter((takeover) => takeover.route === route);
      const taken = ofRoute.filter(({ winner }) => winner === "network");
      const kept = ofRoute.filter(({ winner }) => winner === "route");
      const [first] = taken;
      if (first) return [tookFrom(network, first, taken, kept, snapshot.engine?.containers ?? [])];
      const isOfDocker = route.hops.some(({ device }) => isDockers(device));
      return kept.length > 0 && !isOfDocker ? [lostTo(network, route, kept)] : [];
    });
  });
}

function tookFrom(
  network: HostNetwork,
  { route, decision }: Takeover,
  taken: readonly Takeover[],
  kept: readonly Takeover[],
  containers: Parameters<typeof cureOf>[1],
): HostFinding {
  const addresses = rangesOf(taken);
  return {
    kind: "shadowed-route",
    severity: "error",
    headline: `${capital(nameOf(network))} takes ${addresses} from the route ${describeRoute(route)}`,
    details: [
      "While it is there, this host can't reach these addresses: open connections hang, new ones time out.",
      ...(decision.route ? reasonFor(network, decision.route, route) : []),
      ...(kept.length > 0 ? [`The route keeps ${rangesOf(kept)}.`] : []),
      ...originOf(network),
    ],
    network: network.known?.name ?? network.device,
    addresses,
    cure: cureOf(network, containers),
  };
}

function reasonFor(network: HostNetwork, winner: Route, loser: Route): string[] {
  if (winner.to.length !== loser.to.length) return [];
  const [own, other] = [winner.metric, loser.metric];
  return [
    own < other
      ? `Both have the prefix ${formatPrefix(winner.to)}, and the route of ${network.device ?? "Docker"} has the lower metric.`
      : `Both have the prefix ${formatPrefix(winner.to)}, and the older route takes precedence: it may be the other one after a link went down.`,
  ];
}

function lostTo(network: HostNetwork, route: Route, kept: readonly Takeover[]): HostFinding {
  const addresses = rangesOf(kept);
  return {
    kind: "shadowed-network",
    severity: "warning",
    headline: `The route ${describeRoute(route)} takes ${addresses} from ${nameOf(network)}`,
    details: [
      `This host can't reach containers at these addresses. The rest of ${subnetsOf(network)} leads to the network.`,
      "Its containers can't reach the hosts behind the route.",
      ...originOf(network),
    ],
    network: network.known?.name ?? network.device,
    addresses,
    cure: [],
  };
}

function rangesOf(takeovers: readonly Takeover[]): string {
  return list(takeovers.map(({ range }) => formatRange(range)));
}
