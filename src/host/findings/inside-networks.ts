import { formatAddress, type Address } from "../../ipam/address.js";
import { cureOf } from "../cure.js";
import { nameOf, type HostNetwork } from "../engine-networks.js";
import { leadsTo } from "../takeovers.js";
import type { HostCase, HostFinding } from "./finding.js";
import { capital, describeDevice, originOf, subnetsOf } from "./words.js";

/** What the host itself needs, inside a network: name servers, gateways, addresses of its own. */
export function insideNetworks(host: HostCase): HostFinding[] {
  const { snapshot, isDockers, networksAt } = host;
  const needed = [...namedServers(host), ...gateways(host)].flatMap(({ address, what, breaks }) =>
    networksAt(address)
      .filter((network) => isTaken(address, network, host))
      .map((network) => finding(network, address, what, breaks, host)),
  );
  const own = snapshot.addresses
    .filter(({ device }) => !isDockers(device))
    .flatMap(({ address: { address }, device }) =>
      networksAt(address)
        .filter((network) => network.device !== undefined)
        .map((network) =>
          finding(
            network,
            address,
            `this host's own address ${formatAddress(address)} on ${describeDevice(device)}`,
            "Hosts next to that address can't be reached.",
            host,
          ),
        ),
    );
  return [...needed, ...own];
}

interface Needed {
  readonly address: Address;
  readonly what: string;
  readonly breaks: string;
}

function namedServers({ snapshot }: HostCase): Needed[] {
  return unique(snapshot.nameServers).map(({ address, from }) => ({
    address,
    what: `the name server ${formatAddress(address)} (${from})`,
    breaks: "Names can't be resolved through it.",
  }));
}

function gateways({ snapshot, isDockers }: HostCase): Needed[] {
  const hops = snapshot.routes.flatMap((route) =>
    route.hops.some(({ device }) => isDockers(device))
      ? []
      : route.hops.flatMap(({ gateway }) => (gateway ? [{ address: gateway }] : [])),
  );
  return unique(hops).map(({ address }) => ({
    address,
    what: `the gateway ${formatAddress(address)}`,
    breaks: "The routes through it lead nowhere.",
  }));
}

function unique<Item extends { readonly address: Address }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [formatAddress(item.address), item])).values()];
}

function isTaken(address: Address, { device }: HostNetwork, { routing }: HostCase): boolean {
  if (device === undefined) return false;
  const { route } = routing.routeOf({ to: address });
  return route?.type === "unicast" && leadsTo(route, device);
}

function finding(
  network: HostNetwork,
  address: Address,
  what: string,
  breaks: string,
  { snapshot }: HostCase,
): HostFinding {
  return {
    kind: "inside-network",
    severity: "error",
    headline: `${capital(nameOf(network))} (${subnetsOf(network)}) covers ${what}`,
    details: [breaks, ...originOf(network)],
    network: network.known?.name ?? network.device,
    addresses: formatAddress(address),
    cure: cureOf(network, snapshot.engine?.containers ?? []),
  };
}
