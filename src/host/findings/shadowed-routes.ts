import { formatPrefix } from "../../ipam/prefix.js";
import { formatRange } from "../../ipam/range.js";
import { addTo } from "../../kit/group.js";
import { cureOf } from "../cure.js";
import { nameOf, type HostNetwork } from "../engine-networks.js";
import { takeoversOf, type Takeover } from "../takeovers.js";
import type { Route } from "../snapshot.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, describeRoute, describeWay, list, originOf, subnetsOf } from "./words.js";

/** Networks that take addresses from a route, and routes that take addresses from a network. */
export function shadowedRoutes(host: HostCase): HostFinding[] {
  const { routing, boundaries, networks, isDockers, snapshot } = host;
  return networks.flatMap((network) => {
    const byWay = new Map<string, Takeover[]>();
    for (const takeover of takeoversOf(network, routing, boundaries)) {
      addTo(byWay, describeWay(takeover.route), takeover);
    }
    return [...byWay.values()].flatMap((ofWay): HostFinding[] => {
      const taken = ofWay.filter(({ winner }) => winner === "network");
      const kept = ofWay.filter(({ winner }) => winner === "route");
      const [first] = taken;
      if (first) return [tookFrom(network, first, taken, kept, snapshot.engine?.containers ?? [])];
      const isOfDocker = kept.some(({ route }) => route.hops.some(({ device }) => isDockers(device)));
      return kept.length > 0 && !isOfDocker ? [lostTo(network, kept)] : [];
    });
  });
}

/** A VPN client may bring hundreds of routes: those that go one way are told of together. */
function routesOf(takeovers: readonly Takeover[]): string {
  const routes = [...new Set(takeovers.map(({ route }) => route))];
  const [first] = routes;
  if (!first) return "";
  return routes.length === 1 ? `the route ${describeRoute(first)}` : `${routes.length} routes ${describeWay(first)}`;
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
    headline: `${capital(nameOf(network))} takes ${addresses} from ${routesOf(taken)}`,
    details: [
      "While it is there, this host can't reach these addresses: open connections hang, new ones time out.",
      ...(decision.route ? reasonFor(network, decision.route, route) : []),
      ...(kept.length > 0 ? [`Packets to ${rangesOf(kept)} still go that way.`] : []),
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

function lostTo(network: HostNetwork, kept: readonly Takeover[]): HostFinding {
  const addresses = rangesOf(kept);
  return {
    kind: "shadowed-network",
    severity: "warning",
    headline: `${capital(routesOf(kept))} ${isOne(kept) ? "takes" : "take"} ${addresses} from ${nameOf(network)}`,
    details: [
      `This host can't reach containers at these addresses. The rest of ${subnetsOf(network)} leads to the network.`,
      `Its containers can't reach the hosts behind the ${isOne(kept) ? "route" : "routes"}.`,
      ...originOf(network),
    ],
    network: network.known?.name ?? network.device,
    addresses,
    cure: [],
  };
}

function isOne(takeovers: readonly Takeover[]): boolean {
  return takeovers.every(({ route }) => route === takeovers[0]?.route);
}

function rangesOf(takeovers: readonly Takeover[]): string {
  return list(takeovers.map(({ range }) => formatRange(range)));
}
