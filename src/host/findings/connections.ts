import { formatAddress, type Address } from "../../ipam/address.js";
import { containsAddress, formatPrefix } from "../../ipam/prefix.js";
import { cureOf } from "../cure.js";
import { nameOf, type HostNetwork } from "../engine-networks.js";
import { leadsTo } from "../takeovers.js";
import type { Peer } from "../snapshot.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, list, originOf, subnetsOf } from "./words.js";

/** The SSH session, and other open connections, whose far end lies in a network that is up. */
export function brokenConnections(host: HostCase): HostFinding[] {
  return host.networks.flatMap((network) => {
    const cut = host.snapshot.peers.filter((peer) => isCutOff(peer, network, host));
    const session = cut.find(({ isSession }) => isSession);
    const others = cut.filter(({ isSession }) => !isSession);
    return [...(session ? [aboutSession(session, network, host)] : []), ...aboutOthers(others, network, host)];
  });
}

/** A container is a far end too: the host speaks to it from the bridge's own address. */
export function isCutOff({ address, local }: Peer, network: HostNetwork, { routing, snapshot }: HostCase): boolean {
  const { device, subnets } = network;
  if (device === undefined || !subnets.some((subnet) => containsAddress(subnet, address))) return false;
  const isOwn = (own: Address): boolean =>
    subnets.some((subnet) => containsAddress(subnet, own)) || isOn(own, device, snapshot.addresses);
  if (local === undefined || isOwn(local)) return false;
  const { route } = routing.routeOf({ to: address, from: local });
  return route?.type === "unicast" && leadsTo(route, device);
}

function isOn(address: Address, device: string, addresses: HostCase["snapshot"]["addresses"]): boolean {
  return addresses.some((each) => each.device === device && each.address.address.value === address.value);
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
