/**
 * Who loses sight of hosts that have the network's addresses: the whole machine, since a bridge brings a route with
 * it; only the containers; or nobody, since macvlan, ipvlan and most plugins put the containers on the LAN itself.
 */
export type Reach = "host" | "containers" | "lan";

/** In whose books the addresses of a network are: those of the host, or those of the swarm. */
export type AddressSpace = "host" | "swarm";

export interface NetworkDriver {
  readonly makesNetworks: true;
  readonly reach: Reach;
  readonly space: AddressSpace;
}

/** A word that stands for a driver and makes no network: the engine has its one network of this kind already, or none. */
interface NoDriver {
  readonly makesNetworks: false;
}

/** The drivers that Docker brings along. */
const NETWORK_DRIVERS: ReadonlyMap<string, NetworkDriver | NoDriver> = new Map<string, NetworkDriver | NoDriver>([
  ["bridge", { makesNetworks: true, reach: "host", space: "host" }],
  ["overlay", { makesNetworks: true, reach: "containers", space: "swarm" }],
  ["macvlan", { makesNetworks: true, reach: "lan", space: "host" }],
  ["ipvlan", { makesNetworks: true, reach: "lan", space: "host" }],
  ["host", { makesNetworks: false }],
  ["null", { makesNetworks: false }],
  ["none", { makesNetworks: false }],
  ["default", { makesNetworks: false }],
]);

/** Whose subnets a driver for addresses gives out; anything else is a plugin. */
const IPAM_DRIVERS: ReadonlyMap<string, "docker" | "nobody"> = new Map<string, "docker" | "nobody">([
  ["default", "docker"],
  ["null", "nobody"],
  ["none", "nobody"],
]);

/** Networks that every engine has: no other one can have their names. */
export const PREDEFINED_NETWORKS: ReadonlySet<string> = new Set(["bridge", "host", "none", "default"]);

/** Words that say no secret. */
export const DRIVER_NAMES: ReadonlySet<string> = new Set(NETWORK_DRIVERS.keys());

export const IPAM_DRIVER_NAMES: ReadonlySet<string> = new Set(IPAM_DRIVERS.keys());

/** @returns undefined for a plugin, and for a word that makes no network. */
export function networkDriver(name: string): NetworkDriver | undefined {
  const driver = NETWORK_DRIVERS.get(name);
  return driver?.makesNetworks === true ? driver : undefined;
}

/** Whether a driver's name is one of Docker's own words that make no network. */
export function makesNoNetwork(name: string): boolean {
  return NETWORK_DRIVERS.get(name)?.makesNetworks === false;
}

/** Who gives out the addresses. */
export function allocatorOf(ipamDriver: string): "docker" | "nobody" | "plugin" {
  return IPAM_DRIVERS.get(ipamDriver) ?? "plugin";
}

export function usualDriver(stack: boolean): string {
  return stack ? "overlay" : "bridge";
}
