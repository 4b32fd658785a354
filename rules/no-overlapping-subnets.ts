import type { Network } from "../src/compose/network.js";
import {
  addressSpaceOf,
  byPlace,
  conflictBetween,
  pinnedSubnets,
  sameSubnet,
  type Conflict,
  type PinnedSubnet,
} from "../src/compose/pinned-subnet.js";
import { child } from "../src/compose/value.js";
import { containsPrefix, formatPrefix, rangeOf } from "../src/ipam/prefix.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { automaticPools } from "../src/rule/automatic-pools.js";
import { createRule } from "../src/rule/create-rule.js";
import { RENUMBER_MESSAGE, renumber, type Renumbering } from "../src/rule/renumbering.js";
import { showPlace } from "../src/rule/wording.js";
import { SubnetIndex } from "../src/workspace/subnet-index.js";
import type { ProjectView } from "../src/workspace/workspace.js";

interface Options {
  readonly scope: "project" | "workspace";
}

type MessageId = "overlap" | "overlapElsewhere" | "sameName" | "race" | "renumber";

export const noOverlappingSubnets = createRule<Options, MessageId>({
  name: "no-overlapping-subnets",
  meta: {
    type: "problem",
    docs: { description: "Disallow networks whose subnets overlap", recommended: "recommended" },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          scope: {
            enum: ["project", "workspace"],
            description: "`project` does not look at the networks of other projects.",
          },
        },
      },
    ],
    defaultOptions: [{ scope: "workspace" }],
    messages: {
      overlap:
        '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" ({{place}}): {{consequence}}. {{advice}}',
      overlapElsewhere:
        '{{subnet}} of network "{{network}}" {{relation}} network "{{other}}" of project "{{project}}" ({{place}}){{host}}: {{consequence}}. {{advice}}',
      sameName:
        'Network "{{network}}" has the name "{{name}}", which network "{{other}}" has too ({{place}}): {{consequence}}. {{advice}}',
      race: '{{subnet}} of network "{{network}}" lies in {{pool}}, from which Docker chooses a subnet for network "{{other}}" ({{place}}): {{consequence}}. {{advice}}',
      renumber: RENUMBER_MESSAGE,
    },
  },
  create({ options, view, report }) {
    const { project } = view;
    const created = project.networks.filter(({ existence }) => existence.kind === "created");

    function checkInside(own: PinnedSubnet, index: SubnetIndex): void {
      const earlier = index.first(
        rangeOf(own.subnet.prefix),
        (other) =>
          byPlace(other, own) < 0 &&
          other.network.name !== own.network.name &&
          conflictBetween(own, other) !== undefined,
      );
      const conflict = earlier && conflictBetween(own, earlier);
      if (!conflict) return;
      const [at, other] = isMain(own) ? [own, earlier] : [earlier, own];
      const { advice, suggest } = move(view, at, other);
      report({
        at: at.place,
        messageId: "overlap",
        values: {
          network: at.network.key,
          subnet: at.subnet.text,
          relation: relationOf(at, other),
          other: other.network.key,
          place: showPlace(other.place, view),
          consequence: INSIDE[conflict],
          advice,
        },
        suggest,
      });
    }

    function checkOutside(own: PinnedSubnet): void {
      const rival = view.rivalOf(own);
      if (!rival) return;
      const { pinned, conflict, host } = rival;
      const { advice, suggest } = move(view, own, pinned);
      report({
        at: own.place,
        messageId: "overlapElsewhere",
        values: {
          network: own.network.key,
          subnet: own.subnet.text,
          relation: relationOf(own, pinned),
          other: pinned.network.key,
          project: pinned.project.shownName,
          place: showPlace(pinned.place, view),
          host: host === undefined ? "" : `, and both run on host "${host}"`,
          consequence: OUTSIDE[conflict],
          advice:
            host === undefined
              ? `${advice} If they never run on one host, say so under "hosts" in forbidden-ranges.yaml.`
              : advice,
        },
        suggest,
      });
    }

    /** A file that is only included is linted on its own, without knowing of its project. */
    function isMain({ place }: PinnedSubnet): boolean {
      return project.main.some(({ source }) => source === place.source);
    }

    function checkNames(): void {
      const first = new Map<string, Network>();
      for (const network of created) {
        const other = first.get(network.name);
        if (!other) first.set(network.name, network);
        else {
          report({
            at: child(network.definition, "name")?.place ?? network.place,
            messageId: "sameName",
            values: {
              network: network.key,
              name: network.shownName,
              other: other.key,
              place: showPlace(other.place, view),
              consequence: 'Compose makes one network of the two, and "up" fails because its label names only one key',
              advice: "Give it a name of its own, or let the services join one network.",
            },
          });
        }
      }
    }

    /** Such a subnet must be moved anyway, as another rule says. */
    function isForbidden({ subnet }: PinnedSubnet): boolean {
      if (view.reading.kind !== "policy") return false;
      return view.reading.scoped.enforced.firstOverlapping(rangeOf(subnet.prefix)) !== undefined;
    }

    function checkRace(own: PinnedSubnet): void {
      const { family } = own.subnet.prefix.address;
      if (addressSpaceOf(own.network) !== "host" || isNotLookedAt(own)) return;
      const pool = automaticPools(view, own.network).pools.find(({ base }) =>
        rangesOverlap(rangeOf(base), rangeOf(own.subnet.prefix)),
      );
      const sibling = created.find(
        (network) =>
          addressSpaceOf(network) === "host" && (family === 4 ? network.ipv4 : network.ipv6).mode === "automatic",
      );
      if (!pool || !sibling || isForbidden(own)) return;
      const pinOther = `Give network "${sibling.key}" a subnet as well`;
      const { advice, suggest } =
        own.network.reach === "lan"
          ? { advice: `${pinOther}.`, suggest: [] }
          : withAdvice(`${pinOther}, or move this one.`, renumber(view, own.network, own.subnet));
      report({
        at: own.place,
        messageId: "race",
        values: {
          network: own.network.key,
          subnet: own.subnet.text,
          pool: formatPrefix(pool.base),
          other: sibling.key,
          place: showPlace(sibling.place, view),
          consequence:
            'Compose creates networks in any order, and where Docker gives the range away first, "up" fails (4 of 14 times when tried with engine 28, 2 of 14 with engine 29)',
          advice,
        },
        suggest,
      });
    }

    return {
      ComposeFile() {
        const pinned = pinnedSubnets(project);
        checkNames();
        if (pinned.length === 0) return;
        const index = new SubnetIndex(pinned);
        for (const own of pinned) {
          checkInside(own, index);
          if (options.scope === "workspace" && own.place.source === view.file.source) checkOutside(own);
          checkRace(own);
        }
      },
    };
  },
});

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
function move(view: ProjectView, { network, subnet }: PinnedSubnet, other: PinnedSubnet): Renumbering {
  if (network.reach !== "lan") return renumber(view, network, subnet);
  const advice =
    other.network.reach === "lan"
      ? "Give both networks an ip_range of their own: then the engine takes both."
      : "The addresses are those of a LAN, so move the other network.";
  return { advice, suggest: [], fix: undefined };
}

function withAdvice(first: string, renumbering: Renumbering): Renumbering {
  return { ...renumbering, advice: `${first} ${renumbering.advice}` };
}

/** The engine does not look for other networks when one that is no bridge has an ip_range. */
function isNotLookedAt({ network, subnet }: PinnedSubnet): boolean {
  return network.driver !== "bridge" && child(subnet.pool.value, "ip_range") !== undefined;
}

function relationOf(own: PinnedSubnet, other: PinnedSubnet): string {
  if (sameSubnet(own, other)) return "is also the subnet of";
  const verb = containsPrefix(other.subnet.prefix, own.subnet.prefix) ? "lies in" : "contains";
  return `${verb} ${other.subnet.text} of`;
}
