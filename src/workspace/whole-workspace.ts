import { directoryOf } from "../kit/paths.js";
import type { PinnedSubnet } from "../compose/engine/conflicts.js";
import type { ComposeFile } from "../compose/read/compose-file.js";
import type { Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import { claimKey, type Plan } from "./plan/plan.js";
import type { AddressRange, Family } from "../ipam/address.js";
import type { Books } from "./books.js";
import type { EngineNetworks } from "./engine-networks/engine-networks.js";
import type { Mentions } from "./mention-search.js";
import type { InterfaceRival } from "./interface-rivals.js";
import type { Rival } from "./rivals.js";
import type { HostLoads } from "./host-loads.js";
import type { ScopedPolicy } from "./scoped-policy.js";
import type { Territory } from "./territory.js";

/**
 * What one file is told about all the others. Each answer costs a look at every compose file that shares its policy,
 * which is why nobody gets it from a view without saying so.
 */
export class WholeWorkspace {
  #plan: Plan | undefined;
  #engineNetworks: EngineNetworks | undefined;

  constructor(
    readonly file: ComposeFile,
    /** All that the file, as it is being looked at, belongs to. */
    readonly projects: readonly Project[],
    readonly territory: Territory,
    /** Whether the policy has a fault. What it says about hosts is unknown then. */
    readonly isFaulty: boolean,
    readonly books: Books,
  ) {}

  /** Which network gets which subnet. */
  plan(): Plan {
    this.#plan ??= this.books.plans.planFor(this.file, this.projects, this.territory);
    return this.#plan;
  }

  /** The key under which that plan knows a network of one of the file's projects. */
  claimKey(project: Project, network: Network, family: Family): string {
    return claimKey(this.engineNetworks().claimantOf(project, network, this.territory).words, family);
  }

  /** Which networks of which files are one network to the engine. */
  engineNetworks(): EngineNetworks {
    this.#engineNetworks ??= this.books.engineNetworks.lookingAt(this.file.source.path, this.projects);
    return this.#engineNetworks;
  }

  /**
   * Where files that git does not ignore, and `.env` files, name an address. It reads all of them.
   *
   * @param passedOver Files whose mentions are known.
   */
  mentionsInAllFiles(range: AddressRange, passedOver: ReadonlySet<string>): Mentions {
    return this.books.mentions.mentionsOf(range, directoryOf(this.file.source.path), passedOver);
  }

  /** The first subnet of another project that can't exist at the same time. */
  rivalOf(own: PinnedSubnet): Rival | undefined {
    return this.isFaulty ? undefined : this.books.rivals.rivalOf(own, this.file, this.territory);
  }

  /** The first network of another project that wants the same interface for itself. */
  interfaceRivalOf(project: Project, network: Network): InterfaceRival | undefined {
    return this.isFaulty ? undefined : this.books.interfaceRivals.rivalOf(project, network, this.file, this.territory);
  }

  /** What the networks on each host that a policy names ask of its daemon, and the plan for them all. */
  hostLoads(scoped: ScopedPolicy): HostLoads {
    return this.books.hostLoads({ root: scoped.root, scoped });
  }

  /** Other projects that include the file. Nobody looks for them without declared pools. */
  includers(): readonly Project[] {
    const { scoped } = this.territory;
    const hasPools = scoped !== undefined && scoped.policy.pools.length > 0;
    return hasPools ? this.books.surveys.includers(this.file.source.path, this.territory) : [];
  }
}
