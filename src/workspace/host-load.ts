import { addressSpaceOf } from "../compose/engine/conflicts.js";
import { explicitSubnets, type Network } from "../compose/project/network.js";
import type { Project } from "../compose/project/project.js";
import type { Running } from "../compose/project/service.js";
import type { Family } from "../ipam/address.js";
import { candidateSubnets, countCandidates, unsafeCandidates, type AddressPool } from "../ipam/docker-pools.js";
import { rangeOf } from "../ipam/prefix.js";
import { RangeSet } from "../ipam/range-set.js";
import { addTo } from "../kit/group.js";
import { daemonPoolsOf } from "../policy/daemons.js";
import type { Policy } from "../policy/policy.js";

/** What the daemon of one host has to give, and who wants it. */
export interface HostLoad {
  readonly family: Family;
  /** The networks without a subnet that may be up at the same time. */
  readonly automatic: readonly AutomaticNetwork[];
  /** The subnets that Docker has for them. */
  readonly room: bigint;
  /** All that it cuts its pools into, its own networks' among them. */
  readonly total: bigint;
  /** The room that other pools would give. */
  readonly roomWith: (pools: readonly AddressPool[]) => bigint;
}

export interface AutomaticNetwork {
  readonly project: Project;
  readonly network: Network;
  /** The same for all files that speak of one network of the engine. */
  readonly words: string;
}

type WordsOf = (project: Project, network: Network) => string;

/**
 * Counts the networks that projects on one host leave to Docker. Of the files of one directory, and of profiles, those
 * count that want most: they are one project to Compose, and nobody says that all are up together.
 */
export function loadOf(
  projects: readonly Project[],
  policy: Pick<Policy, "docker"> | undefined,
  family: Family,
  wordsOf: WordsOf,
): HostLoad {
  const whole = projects.filter(({ fragment }) => fragment === undefined);
  const created = whole.flatMap((project) =>
    project.networks.flatMap((network) =>
      network.existence.kind === "created" && addressSpaceOf(network) === "host" ? [{ project, network }] : [],
    ),
  );
  const written = created.filter(({ network }) => explicitSubnets(network).length > 0);
  const pinned = new Set(
    written
      .filter(({ network }) => network[`ipv${family}`].mode === "explicit")
      .map(({ project, network }) => wordsOf(project, network)),
  );
  const automatic = new Map<string, AutomaticNetwork>();
  for (const each of busiestOf(whole, family)) {
    const words = wordsOf(each.project, each.network);
    if (!pinned.has(words)) automatic.set(words, { ...each, words });
  }
  const bip = family === 4 ? policy?.docker.bip : undefined;
  const ranges = written.flatMap(({ network }) => explicitSubnets(network).map(({ prefix }) => rangeOf(prefix)));
  const taken = new RangeSet([...ranges, ...(bip ? [rangeOf(bip)] : [])].map((range) => ({ range, value: true })));
  // A swarm has a bridge of its own on each host.
  const hasSwarm = family === 4 && whole.some(({ stack }) => stack);
  const roomWith = (pools: readonly AddressPool[]): bigint => {
    const own = pools.filter(({ base }) => base.address.family === family);
    const { total, unsafe } = unsafeCandidates(own, taken);
    // Docker's own bridge takes the first subnet, unless somebody gave it one.
    const [first] = family === 4 && !bip ? candidateSubnets(own, 1) : [];
    const bridges = (hasSwarm ? 1n : 0n) + (first && !taken.firstOverlapping(rangeOf(first)) ? 1n : 0n);
    const room = total - unsafe - bridges;
    return room < 0n ? 0n : room;
  };
  const pools = daemonPoolsOf(policy);
  return {
    family,
    automatic: [...automatic.values()],
    room: roomWith(pools),
    total: countCandidates(pools.filter(({ base }) => base.address.family === family)),
    roomWith,
  };
}

interface Left {
  readonly project: Project;
  readonly network: Network;
}

function busiestOf(projects: readonly Project[], family: Family): readonly Left[] {
  const variants = new Map<string, Project[]>();
  for (const project of projects) {
    addTo(variants, project.named ? `name:${project.name}` : `directory:${project.directory}`, project);
  }
  return [...variants.values()].flatMap((ofOne) => longest(ofOne.map((project) => leftToDocker(project, family))));
}

/** The networks of a project that Docker chooses subnets for, with the profiles that want most. */
function leftToDocker(project: Project, family: Family): readonly Left[] {
  const left = project.networks.filter(
    (network) =>
      network.existence.kind === "created" &&
      network[`ipv${family}`].mode === "automatic" &&
      addressSpaceOf(network) === "host",
  );
  if (left.length === 0) return [];
  return longest(
    profileSetsOf(project, left).map((enabled) =>
      left
        .filter(({ attachments }) => attachments.some(({ running }) => isOn(running, enabled)))
        .map((network) => ({ project, network })),
    ),
  );
}

/** More are not looked at one by one. */
const MOST_PROFILES = 50;

/** No profile, each by itself, and those that are enabled together wherever nobody says others. */
function profileSetsOf({ variables }: Project, networks: readonly Network[]): readonly (readonly string[])[] {
  const named = networks.flatMap(({ attachments }) =>
    attachments.flatMap(({ running: { profiles } }) => (typeof profiles === "object" ? profiles : [])),
  );
  const usual = (variables.get("COMPOSE_PROFILES") ?? "").split(",").map((name) => name.trim());
  return [[], usual, ...[...new Set(named)].slice(0, MOST_PROFILES).map((name) => [name])];
}

function isOn({ profiles }: Running, enabled: readonly string[]): boolean {
  if (profiles === undefined) return true;
  return profiles !== "unknown" && (enabled.includes("*") || profiles.some((profile) => enabled.includes(profile)));
}

function longest<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  return lists.reduce((most, list) => (list.length > most.length ? list : most), []);
}
