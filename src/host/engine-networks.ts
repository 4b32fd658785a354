import { rangeOf, maskPrefix, type Prefix } from "../ipam/prefix.js";
import type { Container, EngineNetwork, Snapshot } from "./snapshot.js";

/** A network that Docker made on the host, as far as it is known. */
export interface HostNetwork {
  /** Undefined where only its bridge is known: Docker did not answer, or another engine made it. */
  readonly known: EngineNetwork | undefined;
  /** The bridge. A network without one takes no address from the host. */
  readonly device: string | undefined;
  readonly subnets: readonly Prefix[];
  readonly containers: readonly Container[];
}

/** docker0, the bridges of networks without a name of their own, and the one of swarms. */
const DOCKER_BRIDGE = /^(?:docker0|docker_gwbridge|br-[\da-f]{12})$/;

/** The networks that Docker tells of, and the bridges that look like its own and that it does not tell of. */
export function hostNetworks({ engine, addresses, routes }: Snapshot): HostNetwork[] {
  const told = (engine?.networks ?? [])
    .filter(({ subnets }) => subnets.length > 0)
    .map((network): HostNetwork => {
      const { name, subnets } = network;
      // In a virtual machine the bridges are out of sight of the host's routes.
      const device = engine?.runs === "here" ? network.device : undefined;
      const containers = (engine?.containers ?? []).filter(({ networks }) => networks.includes(name));
      return { known: network, device, subnets, containers };
    });
  const known = new Set((engine?.runs === "here" ? engine.networks : []).map(({ device }) => device));
  const found = new Map<string, Map<string, Prefix>>();
  const note = (device: string | undefined, prefix: Prefix): void => {
    if (device === undefined || known.has(device) || !DOCKER_BRIDGE.test(device) || isLinkLocal(prefix)) return;
    const subnets = found.get(device) ?? new Map<string, Prefix>();
    subnets.set(`${prefix.address.family} ${prefix.address.value}/${prefix.length}`, prefix);
    found.set(device, subnets);
  };
  for (const { device, address } of addresses) note(device, maskPrefix(address));
  for (const { table, to, hops } of routes) if (table === "main") note(hops[0]?.device, to);
  return [
    ...told,
    ...[...found].map(([device, subnets]) => ({
      known: undefined,
      device,
      subnets: [...subnets.values()],
      containers: [],
    })),
  ];
}

function isLinkLocal(prefix: Prefix): boolean {
  const { value, family } = rangeOf(prefix).first;
  return family === 6 && value >> 118n === 0x3fan;
}

/** As messages call it. */
export function nameOf({ known, device }: HostNetwork): string {
  return known ? `network "${known.name}"` : `the Docker network behind ${device ?? "a bridge"}`;
}

/** Asked of every route: the names of the bridges are gathered once. */
export function dockerDevices(networks: readonly HostNetwork[]): (device: string | undefined) => boolean {
  const known = new Set(networks.map(({ device }) => device));
  return (device) => device !== undefined && (known.has(device) || DOCKER_BRIDGE.test(device));
}
