import type { Network } from "../src/compose/project/network.js";
import {
  clashWithDocker0,
  CREATED_SECOND,
  interfaceClaimOf,
  LOOKED_FOR,
  ROUTED_TWICE,
  type ClashKind,
} from "../src/compose/engine/clashes.js";
import {
  addressSpaceOf,
  byPlace,
  CONFLICTS,
  hasOwnRange,
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
import { createdNetworksInFile } from "../src/lint/which-networks.js";
import {
  clashesInFile,
  doubleRoutesInFile,
  foundOrNotInFile,
  openOnHost,
  overlapsInFile,
  pinnedInFile,
  placeOfName,
  sameNamesInFile,
  type Overlap,
} from "../src/lint/project-conflicts.js";
import { automaticPools } from "../src/remedy/automatic-pools.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";
import { showPlace } from "../src/remedy/wording.js";
import type { ProjectView } from "../src/workspace/view.js";

const HEADLINES = {
  overlap: '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" ({{place}})',
  overlapElsewhere:
    '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" of project "{{project}}" ({{place}}){{host}}',
  sameName: 'Network "{{network}}" has the engine name "{{name}}", and so has network "{{other}}" ({{place}})',
  sameInterface: 'Network "{{network}}" has the interface "{{interface}}", and so has network "{{other}}" ({{place}})',
  sameInterfaceElsewhere:
    'Network "{{network}}" has the interface "{{interface}}", and so has network "{{other}}" of project "{{project}}" ({{place}}){{host}}',
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
    if (options.scope === "workspace") for (const found of sameInterfacesElsewhere(view)) report(found);
    const inside = new Map(overlapsInFile(view).map((overlap) => [overlap.own, overlap]));
    const pinned = new Set([...pinnedInFile(view), ...inside.keys()]);
    for (const own of [...pinned].sort(byPlace)) {
      const overlap = inside.get(own);
      if (overlap) report(overlapInside(view, overlap));
      if (own.place.source !== view.file.source) continue;
      const found = [
        options.scope === "workspace" ? overlapElsewhere(view, own) : undefined,
        raceFor(view, own),
        overlapsDocker0(view, own),
      ];
      for (const each of found) if (each) report(each);
    }
  },
});

/** Two networks to Compose, one to the engine. */
function* sameNames(view: ProjectView): Generator<Report> {
  for (const { network, other } of sameNamesInFile(view)) {
    yield {
      at: placeOfName(network),
      says: "sameName",
      about: { network: network.key, name: network.shownName, other: other.key, place: showPlace(other.place, view) },
      outcome: outcomeOf(SAME_NAME),
      consequence: 'Compose makes one network of the two, and "up" fails because its label names only one key',
      advice: "Give it a name of its own, or let the services join one network.",
    };
  }
}

/** A network that one key creates and another one wants to be there: Compose looks for it in any order. */
function* foundOrNot(view: ProjectView): Generator<Report> {
  for (const { external, other } of foundOrNotInFile(view)) {
    yield {
      at: placeOfName(other),
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
  for (const { kind, network, other, wanted, at } of clashesInFile(view)) {
    const because = whyNotBoth(kind, network);
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

function whyNotBoth(kind: ClashKind, { driver }: Network): string {
  return kind === "interface" ? "two networks can't have one bridge" : `the driver ${driver} wants it for itself`;
}

/** Networks of other projects that want the same interface on the host. */
function* sameInterfacesElsewhere(view: ProjectView): Generator<Report> {
  for (const network of createdNetworksInFile(view)) {
    const claim = interfaceClaimOf(network);
    if (!claim || claim.at.source !== view.file.source) continue;
    const rival = view.wholeWorkspace.interfaceRivalOf(view.project, network);
    if (!rival) continue;
    const { host } = rival;
    yield {
      at: claim.at,
      says: "sameInterfaceElsewhere",
      about: {
        network: network.key,
        interface: claim.wanted,
        other: rival.network.key,
        project: rival.project.shownName,
        place: showPlace(rival.network.place, view),
        host: onHost(host),
      },
      outcome: outcomeOf(CREATED_SECOND),
      consequence: `while one of the projects is up, "up" of the other fails, because ${whyNotBoth(claim.kind, network)}`,
      advice: `Name another interface.${host === undefined ? NEVER_ON_ONE_HOST : ""}`,
    };
  }
}

const NEVER_ON_ONE_HOST = ' If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.';

function onHost(host: string | undefined): string {
  return host === undefined ? "" : `, and both run on host "${host}"`;
}

/** Services with two interfaces of which Linux takes only one. */
function* doubleRoutes(view: ProjectView): Generator<Report> {
  for (const { service, network, other, at } of doubleRoutesInFile(view)) {
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

/** Two networks of the project. */
function overlapInside(view: ProjectView, { conflict, at, other }: Overlap): Report {
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
      host: onHost(host),
    },
    outcome: outcomeOf(CONFLICTS[conflict]),
    consequence: OUTSIDE[conflict],
    advice: host === undefined ? advice + NEVER_ON_ONE_HOST : advice,
    suggestions,
  };
}

/** A network of the project that Docker may give the same range, and may give it first. */
function raceFor(view: ProjectView, own: PinnedSubnet): Report | undefined {
  const { network, subnet, place } = own;
  const range = rangeOf(subnet.prefix);
  if (addressSpaceOf(network) !== "host" || isNotLookedAt(own) || isForbidden(view, own)) return undefined;
  const open = openOnHost(view.project)[subnet.prefix.address.family];
  if (open.length === 0) return undefined;
  const pool = automaticPools(view, network).pools.find(({ base }) => rangesOverlap(rangeOf(base), range));
  if (!pool) return undefined;
  const sibling = open.find((other) => mayRunTogether(other.attachments, network.attachments));
  if (!sibling) return undefined;
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
