import { knownNameOf, type Network } from "../src/compose/project/network.js";
import {
  clashesIn,
  clashWithDocker0,
  CREATED_SECOND,
  doubleRoutesIn,
  LOOKED_FOR,
  ROUTED_TWICE,
} from "../src/compose/engine/clashes.js";
import {
  addressSpaceOf,
  byPlace,
  conflictBetween,
  CONFLICTS,
  hasOwnRange,
  pinnedSubnets,
  SAME_NAME,
  sameSubnet,
  type Conflict,
  type PinnedSubnet,
} from "../src/compose/engine/conflicts.js";
import { mayRunTogether } from "../src/compose/engine/running.js";
import { containsPrefix, formatPrefix, rangeOf } from "../src/ipam/prefix.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { oneOf } from "../src/lint/options.js";
import { createdNetworks } from "../src/lint/which-networks.js";
import { automaticPools } from "../src/remedy/automatic-pools.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";
import { showPlace } from "../src/remedy/wording.js";
import { SubnetIndex } from "../src/workspace/subnet-index.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  overlap: '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" ({{place}})',
  overlapElsewhere:
    '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" of project "{{project}}" ({{place}}){{host}}',
  sameName: 'Network "{{network}}" has the engine name "{{name}}", and so has network "{{other}}" ({{place}})',
  sameInterface: 'Network "{{network}}" has the interface "{{interface}}", and so has network "{{other}}" ({{place}})',
  docker0: '{{subnet}} of network "{{network}}" overlaps {{pool}}, the network of docker0',
  doubleRoute:
    'Service "{{service}}" joins network "{{network}}", which overlaps network "{{other}}" of the same service',
  nameElsewhere:
    'Network "{{network}}" creates the network "{{name}}", which network "{{other}}" expects to exist ({{place}})',
  race: '{{subnet}} of network "{{network}}" lies in {{pool}}, where Docker picks the subnet of network "{{other}}" ({{place}})',
} as const;
const SUGGESTIONS = { renumber: RENUMBER_MESSAGE } as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const noOverlappingSubnets = defineRule({
  name: "no-overlapping-subnets",
  type: "problem",
  docs: { description: "Disallow networks whose subnets overlap", recommended: "recommended" },
  options: {
    scope: oneOf(["project", "workspace"], "`project` does not look at the networks of other projects.", "workspace"),
  },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, options, report }) {
    for (const found of [...sameNames(view), ...foundOrNot(view), ...sameInterfaces(view), ...doubleRoutes(view)]) {
      report(found);
    }
    const pinned = pinnedSubnets(view.project);
    if (pinned.length === 0) return;
    const index = new SubnetIndex(pinned);
    for (const own of pinned) {
      const isHere = own.place.source === view.file.source;
      const found = [
        overlapInside(view, own, index),
        options.scope === "workspace" && isHere ? overlapElsewhere(view, own) : undefined,
        raceFor(view, own),
        overlapsDocker0(view, own),
      ];
      for (const each of found) if (each) report(each);
    }
  },
});

/** Two networks to Compose, one to the engine. */
function* sameNames(view: ProjectView): Generator<Report> {
  const first = new Map<string, Network>();
  for (const network of createdNetworks(view.project)) {
    const { key } = network;
    const name = knownNameOf(network);
    if (name === undefined) continue;
    const other = first.get(name);
    if (!other || !mayRunTogether(other.attachments, network.attachments)) {
      first.set(name, network);
      continue;
    }
    yield {
      at: network.writtenName.at ?? network.place,
      says: "sameName",
      about: { network: key, name: network.shownName, other: other.key, place: showPlace(other.place, view) },
      outcome: outcomeOf(SAME_NAME),
      consequence: 'Compose makes one network of the two, and "up" fails because its label names only one key',
      advice: "Give it a name of its own, or let the services join one network.",
    };
  }
}

/** A network that one key creates and another one wants to be there: Compose looks for it in any order. */
function* foundOrNot(view: ProjectView): Generator<Report> {
  const created = new Map(createdNetworks(view.project).map((network) => [knownNameOf(network), network]));
  for (const external of view.project.networks) {
    const name = external.existence.kind === "external" ? knownNameOf(external) : undefined;
    const other = name === undefined ? undefined : created.get(name);
    if (!other || !mayRunTogether(other.attachments, external.attachments)) continue;
    if (external.attachments.length === 0) continue;
    yield {
      at: other.writtenName.at ?? other.place,
      says: "nameElsewhere",
      about: {
        network: other.key,
        name: other.shownName,
        other: external.key,
        place: showPlace(external.place, view),
      },
      outcome: outcomeOf(LOOKED_FOR),
      consequence: 'Compose creates networks in any order, and "up" fails when it looks for the external one first',
      advice: `Let the services join network "${other.key}", and remove network "${external.key}".`,
    };
  }
}

/** Networks that want the same interface on the host. */
function* sameInterfaces(view: ProjectView): Generator<Report> {
  for (const { kind, network, other, wanted, at } of clashesIn(view.project)) {
    const because =
      kind === "interface" ? "two networks can't have one bridge" : `the driver ${network.driver} wants it for itself`;
    yield {
      at,
      says: "sameInterface",
      about: { network: network.key, interface: wanted, other: other.key, place: showPlace(other.place, view) },
      outcome: outcomeOf(CREATED_SECOND),
      consequence: `the engine refuses the one that is created second, because ${because}`,
      advice: "Name another interface.",
    };
  }
}

/** Services with two interfaces of which Linux takes only one. */
function* doubleRoutes({ project }: ProjectView): Generator<Report> {
  for (const { service, network, other, at } of doubleRoutesIn(project)) {
    yield {
      at,
      says: "doubleRoute",
      about: { service, network: network.key, other: other.key },
      outcome: outcomeOf(ROUTED_TWICE),
      consequence: "the service does not start, because one route conflicts with the other",
      advice: "Let the service join one of them.",
    };
  }
}

/** A policy that declares the daemon's own pools says where docker0 is, too. */
function overlapsDocker0(view: ProjectView, own: PinnedSubnet): Report | undefined {
  if (automaticPools(view, own.network).declared !== undefined) return undefined;
  const pool = clashWithDocker0(own);
  if (!pool) return undefined;
  return {
    at: own.place,
    says: "docker0",
    about: { network: own.network.key, subnet: own.subnet.text, pool: formatPrefix(pool) },
    outcome: outcomeOf(CREATED_SECOND),
    consequence: 'the engine refuses it, unless "bip" in daemon.json moves docker0',
    ...(own.network.reach === "lan"
      ? { advice: "Add an ip_range to the pool: then the engine takes it.", suggestions: [] }
      : renumberOnly(view, own)),
  };
}

function renumberOnly(view: ProjectView, { network, subnet }: PinnedSubnet) {
  const { advice, suggestions } = renumber(view, network, subnet);
  return { advice, suggestions };
}

/** Two networks of the project: the one that is written later is reported. */
function overlapInside(view: ProjectView, own: PinnedSubnet, index: SubnetIndex): Report | undefined {
  const earlier = index.first(
    rangeOf(own.subnet.prefix),
    (other) =>
      byPlace(other, own) < 0 &&
      other.network.name !== own.network.name &&
      conflictBetween(own, other) !== undefined &&
      mayRunTogether(own.network.attachments, other.network.attachments),
  );
  const conflict = earlier && conflictBetween(own, earlier);
  if (!conflict) return undefined;
  // A file that is only included is linted on its own, without knowing of its project.
  const isMain = view.project.main.some(({ source }) => source === own.place.source);
  const [at, other] = isMain ? [own, earlier] : [earlier, own];
  return {
    at: at.place,
    says: "overlap",
    about: {
      network: at.network.key,
      subnet: at.subnet.text,
      relation: relationOf(at, other),
      other: other.network.key,
      place: showPlace(other.place, view),
    },
    outcome: outcomeOf(CONFLICTS[conflict]),
    consequence: INSIDE[conflict],
    ...move(view, at, other),
  };
}

/** A network of another project that may be up at the same time. */
function overlapElsewhere(view: ProjectView, own: PinnedSubnet): Report | undefined {
  const rival = view.wholeWorkspace.rivalOf(own);
  if (!rival) return undefined;
  const { pinned, conflict, host } = rival;
  const { advice, suggestions } = move(view, own, pinned);
  const elsewhere = ' If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.';
  return {
    at: own.place,
    says: "overlapElsewhere",
    about: {
      network: own.network.key,
      subnet: own.subnet.text,
      relation: relationOf(own, pinned),
      other: pinned.network.key,
      project: pinned.project.shownName,
      place: showPlace(pinned.place, view),
      host: host === undefined ? "" : `, and both run on host "${host}"`,
    },
    outcome: outcomeOf(CONFLICTS[conflict]),
    consequence: OUTSIDE[conflict],
    advice: host === undefined ? advice + elsewhere : advice,
    suggestions,
  };
}

/** A network of the project that Docker may give the same range, and may give it first. */
function raceFor(view: ProjectView, own: PinnedSubnet): Report | undefined {
  const { network, subnet, place } = own;
  const range = rangeOf(subnet.prefix);
  if (addressSpaceOf(network) !== "host" || isNotLookedAt(own) || isForbidden(view, own)) return undefined;
  const pool = automaticPools(view, network).pools.find(({ base }) => rangesOverlap(rangeOf(base), range));
  const family = subnet.prefix.address.family === 4 ? "ipv4" : "ipv6";
  const sibling = createdNetworks(view.project).find(
    (other) =>
      addressSpaceOf(other) === "host" &&
      other[family].mode === "automatic" &&
      mayRunTogether(other.attachments, network.attachments),
  );
  if (!pool || !sibling) return undefined;
  const pinOther = `Give network "${sibling.key}" a subnet as well`;
  const renumbering = network.reach === "lan" ? undefined : renumber(view, network, subnet);
  return {
    at: place,
    says: "race",
    about: {
      network: network.key,
      subnet: subnet.text,
      pool: formatPrefix(pool.base),
      other: sibling.key,
      place: showPlace(sibling.place, view),
    },
    outcome: "may-fail",
    consequence:
      'Compose creates networks in any order, and "up" fails if Docker gives the range away first (4 of 14 tries with engine 28, 2 of 14 with engine 29)',
    advice: renumbering ? `${pinOther}, or move this one. ${renumbering.advice}` : `${pinOther}.`,
    suggestions: renumbering?.suggestions ?? [],
  };
}

const INSIDE: Readonly<Record<Conflict, string>> = {
  always: 'the engine refuses the one that is created second, and "up" fails',
  "if the one with ip_range is first":
    'the engine refuses it when the one with an ip_range is created first, and then "up" fails: Compose creates networks in any order',
  swarm: "the swarm takes both, and then gives no subnet to the second one",
};

const OUTSIDE: Readonly<Record<Conflict, string>> = {
  always: 'while one of the projects is up, "up" of the other fails',
  "if the one with ip_range is first": 'while the project with the ip_range is up, "up" of the other fails',
  swarm: INSIDE.swarm,
};

/** A LAN stays where it is. */
function move(view: ProjectView, { network, subnet }: PinnedSubnet, other: PinnedSubnet) {
  if (network.reach !== "lan") {
    const { advice, suggestions } = renumber(view, network, subnet);
    return { advice, suggestions };
  }
  const advice =
    other.network.reach === "lan"
      ? "Give both networks an ip_range of their own: then the engine takes both."
      : "The addresses are those of a LAN, so move the other network.";
  return { advice, suggestions: [] };
}

/** Such a subnet must be moved anyway, as another rule says. */
function isForbidden({ reading }: ProjectView, { subnet }: PinnedSubnet): boolean {
  if (reading.kind !== "policy") return false;
  return reading.scoped.enforced.firstOverlapping(rangeOf(subnet.prefix)) !== undefined;
}

/** The engine does not look for other networks when one that is no bridge has an ip_range. */
function isNotLookedAt({ network, subnet }: PinnedSubnet): boolean {
  return network.driver !== "bridge" && hasOwnRange({ subnet });
}

function relationOf(own: PinnedSubnet, other: PinnedSubnet): string {
  if (sameSubnet(own, other)) return "is also the subnet of";
  const verb = containsPrefix(other.subnet.prefix, own.subnet.prefix) ? "lies in" : "contains";
  return `${verb} ${other.subnet.text} of`;
}
