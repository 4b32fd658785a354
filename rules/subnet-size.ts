import type { ExplicitSubnet } from "../src/compose/project/addressing.js";
import { moveWithinFile } from "../src/remedy/move-whole.js";
import type { Network } from "../src/compose/project/network.js";
import { keptCount } from "../src/compose/engine/allocation.js";
import { lengthFor, NO_ADDRESS_LEFT, spareIn, tightestRoom, type Room } from "../src/compose/engine/capacity.js";
import { usesOwnAllocator } from "../src/compose/engine/network-faults.js";
import { withEngines } from "../src/compose/engine/releases.js";
import { startOrderOf } from "../src/compose/engine/start-order.js";
import { formatPrefix, type Prefix } from "../src/ipam/prefix.js";
import type { Place } from "../src/kit/source.js";
import { defineRule, type ReportOf } from "../src/lint/define-rule.js";
import { outcomeOf } from "../src/lint/finding.js";
import { integer, oneOf } from "../src/lint/options.js";
import { placeOfName } from "../src/lint/project-conflicts.js";
import { createdNetworksInFile, subnetsOf, type WrittenSubnet } from "../src/lint/which-networks.js";
import { enginesRunning, happensOn } from "../src/remedy/engines.js";
import { crowdedNetwork, type CrowdedNetwork } from "../src/remedy/joined-room.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";
import { showPlace } from "../src/remedy/wording.js";
import { networksInFile } from "../src/workspace/networks-in-file.js";
import type { ProjectView } from "../src/workspace/view.js";
import { thousands } from "../src/kit/thousands.js";

/** A Linux bridge has so many ports (moby#47737). */
const MOST_ON_A_BRIDGE = "1,024";
/** What most people give a network: 87 of 113 subnets that were found in public repositories. */
const USUAL_LENGTH = 24;

const HEADLINES = {
  tooSmall: '{{subnet}} of network "{{network}}" has {{addresses}} to give, but {{containers}}',
  crowded:
    '{{subnet}} of network "{{network}}" has {{addresses}} to give, but {{containers}} of {{projects}} projects need one ({{place}})',
  tooLarge:
    '{{subnet}} of network "{{network}}" has {{addresses}} addresses, but a bridge takes at most {{most}} containers',
} as const;
const SUGGESTIONS = {
  renumber: RENUMBER_MESSAGE,
  shrink: 'Shrink network "{{network}}" to {{subnet}}; it is recreated on the next up.',
} as const;

type Report = ReportOf<typeof HEADLINES, typeof SUGGESTIONS>;

export const subnetSize = defineRule({
  name: "subnet-size",
  type: "suggestion",
  docs: {
    description: "Require subnets that fit the number of containers",
    recommended: "recommended",
    optionsInStrict: { tooLarge: "report" },
  },
  options: {
    tooLarge: oneOf(["ignore", "report"], "What to do about subnets that are larger than `largest`."),
    largest: integer(
      { fallback: 16, minimum: 0, maximum: 30 },
      "The prefix length of the largest IPv4 subnet that a bridge may have.",
    ),
  },
  headlines: HEADLINES,
  suggestions: SUGGESTIONS,
  check({ view, options, report }) {
    const order = startOrderOf(view.project);
    const span = enginesRunning(view);
    for (const network of networksInFile(view)) {
      const crowded = placeOfName(network).source === view.file.source ? crowdedNetwork(view, network) : undefined;
      if (crowded && happensOn(span)(crowded.room)) report(tooManyProjects(view, network, crowded));
    }
    // What a plugin gives out, and how, it knows itself.
    for (const network of createdNetworksInFile(view).filter(usesOwnAllocator)) {
      for (const subnets of subnetsByFamily(network)) {
        const [subnet] = subnets;
        if (!subnet || (rangeIn(subnet) ?? subnet.at).source !== view.file.source) continue;
        const room = tightestRoom(network, subnets, order, span);
        const missing = -spareIn(room);
        if (missing > 0n) report(tooSmall(view, network, [subnet, ...subnets.slice(1)], room, missing));
      }
      if (options.tooLarge === "ignore") continue;
      for (const written of subnetsOf(network)) {
        const { address, length } = written.subnet.prefix;
        const isJudged = address.family === 4 && network.driver === "bridge";
        if (isJudged && length < options.largest) report(tooLarge(view, written, options.largest));
      }
    }
  },
});

function tooSmall(
  view: ProjectView,
  network: Network,
  subnets: readonly [ExplicitSubnet, ...ExplicitSubnet[]],
  room: Room,
  missing: bigint,
): Report {
  const [subnet] = subnets;
  const services = room.services.map((name) => `"${name}"`).join(", ");
  const containers = counted(room.containers, "container", "containers");
  return {
    at: rangeIn(subnet) ?? subnet.at,
    says: "tooSmall",
    about: {
      network: network.key,
      subnet: subnets.map(({ text }) => text).join(" and ") + (rangeIn(subnet) ? " with its ip_range" : ""),
      addresses: counted(Number(room.addresses), "address", "addresses"),
      containers: `${containers} of ${services} ${room.containers === 1 ? "needs" : "need"} one`,
    },
    outcome: outcomeOf({ ...NO_ADDRESS_LEFT, engines: room.engines }),
    consequence: `"up" fails for ${missing} of them${withEngines(room.engines)}`,
    ...widen(view, network, subnet, room),
  };
}

function tooManyProjects(view: ProjectView, network: Network, { subnet, room, projects }: CrowdedNetwork): Report {
  return {
    at: placeOfName(network),
    says: "crowded",
    about: {
      network: network.key,
      subnet: subnet.text + (rangeIn(subnet) ? " with its ip_range" : ""),
      addresses: counted(Number(room.addresses), "address", "addresses"),
      containers: counted(room.containers, "container", "containers"),
      projects: String(projects),
      place: showPlace(subnet.at, view),
    },
    outcome: outcomeOf({ ...NO_ADDRESS_LEFT, engines: room.engines }),
    consequence: `"up" fails for ${-spareIn(room)} of them${withEngines(room.engines)}`,
    advice: "Give the network a larger subnet, or let some services join another one.",
  };
}

function tooLarge(view: ProjectView, { network, subnet, at }: WrittenSubnet, largest: number): Report {
  const { address, length } = subnet.prefix;
  const { containers } = tightestRoom(network, [subnet]);
  const enough = Math.min(lengthFor(containers, 4), Math.max(USUAL_LENGTH, largest));
  return {
    at,
    says: "tooLarge",
    about: {
      network: network.key,
      subnet: subnet.text,
      addresses: thousands(2 ** (32 - length)),
      most: MOST_ON_A_BRIDGE,
    },
    outcome: "policy",
    consequence: "no host elsewhere can use the others",
    advice: `A /${enough} is enough for its services.`,
    suggestions: shrink(view, network, subnet, { address, length: enough }),
  };
}

function subnetsByFamily({ ipv4, ipv6 }: Network): (readonly ExplicitSubnet[])[] {
  return [ipv4, ipv6].flatMap((addressing) => (addressing.mode === "explicit" ? [addressing.subnets] : []));
}

/** What to do about a network that is too small. */
function widen(view: ProjectView, network: Network, subnet: ExplicitSubnet, room: Room) {
  const { family } = subnet.prefix.address;
  if (rangeIn(subnet)) {
    const range = lengthFor(room.containers, family);
    return { advice: `An ip_range of /${range} or larger has room for all. So has a pool without one.` };
  }
  const length = lengthFor(room.containers + settledIn(subnet, room), family);
  const { advice, suggestions } = renumber(view, network, subnet, { isBetter: (free) => free.length <= length });
  return { advice: `A /${length} has room for all. ${advice}`, suggestions };
}

/** Addresses beside those that the engine keeps on every network: static, auxiliary and gateway ones. */
function settledIn({ prefix }: ExplicitSubnet, { addresses }: Room): number {
  if (prefix.address.family === 6) return 0;
  return Math.max(0, 2 ** (32 - prefix.length) - Number(addresses) - keptCount(4));
}

/** Where the part is written that the engine chooses from. */
function rangeIn({ pool: { ipRange } }: ExplicitSubnet): Place | undefined {
  return ipRange.kind === "absent" ? undefined : ipRange.at;
}

function shrink(view: ProjectView, network: Network, subnet: ExplicitSubnet, to: Prefix) {
  const move = moveWithinFile(view, network, subnet, to);
  if (!move.ok) return [];
  return [{ does: "shrink", about: { network: network.key, subnet: formatPrefix(to) }, edits: move.edits } as const];
}

function counted(count: number, one: string, many: string): string {
  return `${count === 0 ? "no" : thousands(count)} ${count === 1 ? one : many}`;
}
