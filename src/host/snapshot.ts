import type { Address, Family } from "../ipam/address.js";
import type { AddressPool } from "../ipam/docker-pools.js";
import type { Prefix } from "../ipam/prefix.js";

export const SYSTEMS = ["linux", "macos", "windows"] as const;

export const ROUTE_TYPES = [
  "unicast",
  "local",
  "broadcast",
  "anycast",
  "multicast",
  "blackhole",
  "unreachable",
  "prohibit",
  "throw",
] as const;

/**
 * What one host said about its addresses at one moment. Everything that is judged is judged from this, so that a file
 * from another host, or from yesterday, is as good as the host itself.
 */
export interface Snapshot {
  /** In UTC, as ISO 8601 writes it. */
  readonly takenAt: string;
  readonly system: (typeof SYSTEMS)[number];
  readonly routes: readonly Route[];
  /** Undefined where nobody could tell: then those that Linux begins with are assumed. */
  readonly rules: readonly Rule[] | undefined;
  readonly addresses: readonly InterfaceAddress[];
  readonly nameServers: readonly NameServer[];
  /** The other ends of established TCP connections. */
  readonly peers: readonly Peer[];
  readonly daemonFile: DaemonFileState | undefined;
  /** Undefined where Docker did not answer. */
  readonly engine: EngineState | undefined;
  /** What could not be read, and why. */
  readonly missing: readonly Missing[];
}

export interface Missing {
  /** As people call it: `routes`, `Docker networks`. */
  readonly what: string;
  readonly why: string;
}

export interface Route {
  readonly to: Prefix;
  readonly type: (typeof ROUTE_TYPES)[number];
  /** `main`, `local`, `220`. */
  readonly table: string;
  readonly metric: number;
  /** The destination is on the link itself, without a gateway. */
  readonly isOnLink: boolean;
  /** Only packets of this type of service take it. Nearly all routes have none. */
  readonly typeOfService: string | undefined;
  /** Only packets from here take it. */
  readonly from: Prefix | undefined;
  /** The address that packets leave with. */
  readonly source: Address | undefined;
  readonly hops: readonly Hop[];
}

export interface Hop {
  readonly device: string | undefined;
  readonly gateway: Address | undefined;
  readonly isDead: boolean;
}

/** A rule of policy routing: which packets look into which table. */
export interface Rule {
  readonly family: Family;
  readonly priority: number;
  /** It is for all packets but those that it describes. */
  readonly isInverted: boolean;
  readonly from: Prefix | undefined;
  readonly to: Prefix | undefined;
  readonly mark: { readonly value: number; readonly mask: number } | undefined;
  readonly incoming: string | undefined;
  readonly outgoing: string | undefined;
  /** Conditions that need more than addresses to judge, such as `ipproto` or `uidrange`. */
  readonly others: readonly string[];
  readonly action: RuleAction;
  /** What the table says does not count where its prefix is no longer than this. */
  readonly suppressedLength: number | undefined;
}

export type RuleAction =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "goto"; readonly priority: number }
  | { readonly kind: "nop" | "blackhole" | "unreachable" | "prohibit" };

export interface InterfaceAddress {
  readonly device: string;
  /** With the length of its network. */
  readonly address: Prefix;
  readonly isUp: boolean;
}

export interface NameServer {
  readonly address: Address;
  /** The file or program that names it. */
  readonly from: string;
}

export interface Peer {
  /** The far end. */
  readonly address: Address;
  /** This end. */
  readonly local: Address | undefined;
  /** The port at this end. */
  readonly port: number | undefined;
  /** It is the SSH session that whoever asks sits in. */
  readonly isSession: boolean;
}

/** The daemon's configuration file, as far as it is about addresses. */
export interface DaemonFileState {
  readonly path: string;
  readonly pools: readonly AddressPool[];
  readonly bip: Prefix | undefined;
  /** What the daemon does not read as it was meant: whole sentences, each with its place. */
  readonly faults: readonly string[];
  /** Changed after the daemon started. Undefined where nobody can tell. */
  readonly isNewerThanDaemon: boolean | undefined;
}

export interface EngineState {
  /** `28.5.2`. */
  readonly release: string | undefined;
  /** Where its bridges are: on the host, or in a virtual machine or a namespace of their own. */
  readonly runs: "here" | "Docker Desktop" | "rootless";
  /** The pools that are in force, where they are not Docker's own. */
  readonly pools: readonly AddressPool[];
  readonly networks: readonly EngineNetwork[];
  /** Undefined where only the networks could be read. */
  readonly containers: readonly Container[] | undefined;
}

export interface EngineNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  /** `local` or `swarm`. */
  readonly scope: string;
  readonly subnets: readonly Prefix[];
  /** The name of the bridge on the host. */
  readonly device: string | undefined;
  /** From the labels that Compose writes. */
  readonly project: string | undefined;
  /** The key of the network in its compose file. */
  readonly key: string | undefined;
  readonly createdAt: string | undefined;
  /** What the compose file says now, where it could be found and read. */
  readonly declared: DeclaredNetwork | undefined;
}

/** A network as a compose file declares it. */
export interface DeclaredNetwork {
  readonly file: string;
  readonly line: number;
  /** Empty where Docker picks. */
  readonly subnets: readonly Prefix[];
}

export interface Container {
  /** Undefined in a snapshot that was saved without names. */
  readonly name: string | undefined;
  readonly isRunning: boolean;
  /** The names of the networks that it is attached to. */
  readonly networks: readonly string[];
  readonly project: string | undefined;
  /** From the labels that Compose writes. */
  readonly directory: string | undefined;
  readonly files: readonly string[];
}

/** A snapshot of nothing, for whoever adds to it. */
export const EMPTY_SNAPSHOT: Omit<Snapshot, "takenAt" | "system"> = {
  routes: [],
  rules: undefined,
  addresses: [],
  nameServers: [],
  peers: [],
  daemonFile: undefined,
  engine: undefined,
  missing: [],
};
