import type { AddressPool } from "../ipam/docker-pools.js";
import type { Prefix } from "../ipam/prefix.js";
import type { EngineSpan } from "../compose/engine/releases.js";
import type { ComposeVersion } from "../compose/load/version.js";
import type { PolicyLocation } from "./source-text.js";
import type { Address, AddressRange } from "../ipam/address.js";
import type { RangeSet } from "../ipam/range-set.js";
import type { PortRange } from "../compose/project/published-port.js";

/** What a forbidden-ranges file means, with everything it extends. */
export interface Policy {
  /** The path as it was asked for. */
  readonly file: string;
  /** Every file that was read, `file` first: a cache is stale when one of them changes. */
  readonly files: readonly string[];
  readonly id: string | undefined;
  /** All of them: `off` and past ones too, since a lint of the file itself reports those. */
  readonly forbidden: readonly ForbiddenRange[];
  /** The same, as each file lists them. */
  readonly forbiddenByFile: readonly ForbiddenRanges[];
  /** In the order a fix tries them. */
  readonly pools: readonly PolicyPool[];
  readonly allow: readonly AllowEntry[];
  /** In the order of the files. */
  readonly hosts: readonly HostEntry[];
  /** In the order of the files. */
  readonly projects: readonly ProjectEntry[];
  /** Globs of compose files for `docker stack deploy`, relative to the directory of the policy file. */
  readonly stacks: readonly string[];
  /** Globs of files and folders that nobody is told about, relative to the directory of the policy file. */
  readonly ignore: readonly string[];
  /** By their names. Of each rule, what the first file says that names it. */
  readonly rules: ReadonlyMap<string, PolicyRule>;
  /** The version of Compose that runs the files, where a file says so. */
  readonly compose: ComposeVersion | undefined;
  readonly docker: DockerSettings;
  readonly reservedPorts: readonly ReservedPort[];
}

export type Severity = "error" | "warn" | "off";

/** One CIDR, range or address that Compose must stay off. Its properties may be getters: read them, don't spread them. */
export interface ForbiddenRange {
  /** What is left of it once the holes of `except` are cut out. */
  readonly ranges: readonly AddressRange[];
  /** The notation of the file, for messages. */
  readonly written: string;
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  readonly source?: string | undefined;
  /** The last day on which it is enforced, `YYYY-MM-DD`. */
  readonly until?: string | undefined;
  readonly severity: Severity;
  /** Of the network that the range is. */
  readonly router?: Address | undefined;
  readonly location: PolicyLocation;
}

/** What one file forbids. A list may have a million lines, and many policies may extend it. */
export interface ForbiddenRanges extends Iterable<ForbiddenRange> {
  readonly length: number;
  /** Set where each of them is enforced on any day. */
  readonly always?: RangeSet<ForbiddenRange>;
}

/** Address space that fixes cut subnets of one length from. */
export interface PolicyPool {
  readonly prefix: Prefix;
  /** The prefix length of each subnet: the pool holds 2^(length - prefix.length) of them. */
  readonly length: number;
  /** Globs for directories of projects, relative to that of the policy file. Without them, every project. */
  readonly for?: readonly string[] | undefined;
  readonly location: PolicyLocation;
  /** Of the length. */
  readonly lengthAt: PolicyLocation;
}

/** A reviewed exception. */
export interface AllowEntry {
  /** A path or glob, relative to the directory of the policy file. */
  readonly file: string;
  /** Without it, every network of the file. */
  readonly network?: string | undefined;
  /** Without it, every subnet. */
  readonly cidr?: Prefix | undefined;
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly expires?: string | undefined;
  readonly location: PolicyLocation;
}

/** How a rule runs. What is left out stays as it is. */
export interface PolicyRule {
  readonly level: Severity | undefined;
  readonly options: Readonly<Record<string, unknown>> | undefined;
}

/** The compose files that run on a host. */
export interface HostEntry {
  readonly host: string;
  readonly files: readonly HostFiles[];
}

export interface HostFiles {
  /** A path or glob, relative to the directory of the policy file. */
  readonly glob: string;
  readonly location: PolicyLocation;
}

/** Compose files that run together, in the order of Compose's `-f`. */
export interface ProjectEntry {
  /** Paths, relative to the directory of the policy file. Wildcards stand for the same text in all of them. */
  readonly files: readonly { readonly path: string; readonly location: PolicyLocation }[];
}

/** How the Docker daemons that run these compose files are set up. */
export interface DockerSettings {
  /** The releases that run the files. */
  readonly engines?: EngineSpan;
  /** The address of docker0 with its prefix length: host bits are meant. */
  readonly bip?: Prefix & { readonly location: PolicyLocation };
  readonly defaultAddressPools?: readonly DaemonPool[];
}

/** A pool of the daemons. */
export interface DaemonPool extends AddressPool {
  readonly location: PolicyLocation;
  /** Of the size. */
  readonly sizeAt: PolicyLocation;
}

/** Ports of the host that no service may publish. */
export interface ReservedPort {
  readonly ports: PortRange;
  readonly written: string;
  /** Without it, every protocol. */
  readonly protocol?: string | undefined;
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  readonly location: PolicyLocation;
}
