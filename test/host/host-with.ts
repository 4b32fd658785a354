import type {
  Container,
  EngineNetwork,
  EngineState,
  InterfaceAddress,
  Peer,
  Route,
  Snapshot,
} from "../../src/host/snapshot.js";
import { EMPTY_SNAPSHOT } from "../../src/host/snapshot.js";
import { parseAddress, type Address } from "../../src/ipam/address.js";
import { maskPrefix, parsePrefix, type Prefix } from "../../src/ipam/prefix.js";

export function address(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text === "default" ? "0.0.0.0/0" : text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

/** `10.0.0.0/8 via 10.1.0.1 dev tun0 table 220 metric 5`, as `ip route` writes it. */
export function route(text: string): Route {
  const [first = "", ...rest] = text.split(" ");
  const isRefusal = /^(?:blackhole|unreachable|prohibit|throw)$/.test(first);
  const words = isRefusal ? rest : [first, ...rest];
  const after = (word: string): string | undefined => words[words.indexOf(word) + 1 || words.length];
  const [gateway, device] = [after("via"), after("dev")];
  return {
    to: maskPrefix(prefix(words[0] ?? "")),
    type: isRefusal ? (first as "blackhole") : "unicast",
    table: after("table") ?? "main",
    metric: Number(after("metric") ?? 0),
    isOnLink: !isRefusal && gateway === undefined,
    typeOfService: undefined,
    from: undefined,
    source: undefined,
    hops: isRefusal ? [] : [{ device, gateway: gateway === undefined ? undefined : address(gateway), isDead: false }],
  };
}

/** A network of the bridge driver with a short id, and the name of its bridge. */
export function network(name: string, subnet: string, about: Partial<EngineNetwork> = {}): EngineNetwork {
  const id =
    `${[...name].map((sign) => sign.charCodeAt(0).toString(16)).join("")}00000000000000000000000000000000`.slice(0, 64);
  return {
    id,
    name,
    driver: "bridge",
    scope: "local",
    subnets: [prefix(subnet)],
    device: name === "bridge" ? "docker0" : `br-${id.slice(0, 12)}`,
    project: undefined,
    key: undefined,
    createdAt: undefined,
    declared: undefined,
    ...about,
  };
}

export function composeNetwork(project: string, key: string, subnet: string): EngineNetwork {
  return network(`${project}_${key}`, subnet, { project, key });
}

export function container(project: string, networks: readonly string[], about: Partial<Container> = {}): Container {
  return {
    name: `${project}-web-1`,
    isRunning: true,
    networks,
    project,
    directory: `/srv/${project}`,
    files: [`/srv/${project}/compose.yaml`],
    ...about,
  };
}

export function peer(far: string, near: string, isSession = false): Peer {
  return { address: address(far), local: address(near), port: 22, isSession };
}

export interface HostParts extends Partial<Omit<EngineState, "networks" | "containers">> {
  readonly routes?: readonly string[];
  readonly addresses?: readonly (readonly [device: string, address: string])[];
  readonly networks?: readonly EngineNetwork[];
  readonly containers?: readonly Container[];
  readonly others?: Partial<Snapshot>;
}

/** A host on 10.99.0.2/24 with Docker 28.5, whose networks have their routes. */
export function hostWith(parts: HostParts = {}): Snapshot {
  const {
    routes = [],
    addresses = [],
    networks = [],
    containers = [],
    others,
    release = "28.5.2",
    runs = "here",
    pools = [],
  } = parts;
  const bridges = networks.flatMap(({ subnets, device, driver }) =>
    driver === "bridge" && device !== undefined && runs === "here"
      ? subnets.map((to) => ({ ...route(`0.0.0.0/0 dev ${device}`), to }))
      : [],
  );
  const own: InterfaceAddress[] = [["eth0", "10.99.0.2/24"] as const, ...addresses].map(([device, text]) => ({
    device,
    address: prefix(text),
    isUp: true,
  }));
  return {
    ...EMPTY_SNAPSHOT,
    takenAt: "2026-11-28T08:00:00.000Z",
    system: "linux",
    routes: [...["default via 10.99.0.1 dev eth0", "10.99.0.0/24 dev eth0", ...routes].map(route), ...bridges],
    addresses: own,
    engine: { release, runs, pools, networks, containers },
    ...others,
  };
}
