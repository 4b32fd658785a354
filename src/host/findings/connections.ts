import { formatAddress } from "../../ipam/address.js";
import { containsAddress, formatPrefix } from "../../ipam/prefix.js";
import { addTo } from "../../kit/group.js";
import { cureOf } from "../cure.js";
import { nameOf, type HostNetwork } from "../engine-networks.js";
import { leadsTo } from "../takeovers.js";
import type { Peer } from "../snapshot.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, list, originOf, subnetsOf } from "./words.js";

/** The SSH session, and other open connections, whose far end lies in a network that is up. */
export function brokenConnections(host: HostCase): HostFinding[] {
  return [...cutOffPeers(host.snapshot.peers, host)].flatMap(([network, cut]) => {
    const session = cut.find(({ isSession }) => isSession);
    const others = cut.filter(({ isSession }) => !isSession);
    return [...(session ? [aboutSession(session, network, host)] : []), ...aboutOthers(others, network, host)];
  });
}

/** The far ends that a network has cut off, by network. */
export function cutOffPeers(peers: readonly Peer[], host: HostCase): Map<HostNetwork, Peer[]> {
  const cut = new Map<HostNetwork, Peer[]>();
  for (const peer of peers) {
    for (const network of host.networksAt(peer.address)) if (isCutOff(peer, network, host)) addTo(cut, network, peer);
  }
  return cut;
}

/** A container is a far end too: the host speaks to it from the bridge's own address. */
function isCutOff(
  { address, local }: Peer,
  { device, subnets }: HostNetwork,
  { routing, deviceOf }: HostCase,
): boolean {
  if (device === undefined || local === undefined) return false;
  const own = deviceOf(local);
  const isBridge = own === undefined ? subnets.some((subnet) => containsAddress(subnet, local)) : own === device;
  if (isBridge) return false;
  const { route } = routing.routeOf({ to: address, from: local });
  return route?.type === "unicast" && leadsTo(route, device);
}

function aboutSession({ address }: Peer, network: HostNetwork, { snapshot }: HostCase): HostFinding {
  const shown = formatAddress(address);
  return {
    kind: "session",
    severity: "error",
    headline: `Your SSH session comes from ${shown}, and ${nameOf(network)} (${subnetsOf(network)}) covers that address`,
    details: [
      `Replies to you go to ${network.device ?? "the bridge"} instead: the session hangs, and no new one opens from there.`,
      ...originOf(network),
    ],
    network: network.known?.name ?? network.device,
    addresses: shown,
    cure: cureOf(network, snapshot.engine?.containers ?? []),
  };
}

function aboutOthers(peers: readonly Peer[], network: HostNetwork, { snapshot }: HostCase): HostFinding[] {
  const shown = [...new Set(peers.map(({ address }) => formatAddress(address)))];
  if (shown.length === 0) return [];
  return [
    {
      kind: "connections",
      severity: "error",
      headline: `${capital(nameOf(network))} (${network.subnets.map(formatPrefix).join(", ")}) covers the far end of open connections: ${list(shown)}`,
      details: ["These connections hang until the network is gone.", ...originOf(network)],
      network: network.known?.name ?? network.device,
      addresses: list(shown),
      cure: cureOf(network, snapshot.engine?.containers ?? []),
    },
  ];
}
