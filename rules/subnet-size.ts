import { moveSubnet } from "../src/compose/edit/move-subnet.js";
import { explicitSubnets, type Network } from "../src/compose/network.js";
import type { ExplicitSubnet } from "../src/compose/addressing.js";
import { lengthFor, spareIn, tightestRoom, type Room } from "../src/compose/room.js";
import { child } from "../src/compose/value.js";
import { formatPrefix, type Prefix } from "../src/ipam/prefix.js";
import { createRule, type Suggestion } from "../src/rule/create-rule.js";
import { RENUMBER_MESSAGE, renumber } from "../src/rule/renumbering.js";

interface Options {
  readonly largest: number;
}

type MessageId = "tooSmall" | "tooLarge" | "renumber" | "shrink";

/** A Linux bridge has so many ports (moby#47737). */
const MOST_ON_A_BRIDGE = "1,024";
/** What most people give a network: 87 of 113 subnets that were found in public repositories. */
const USUAL_LENGTH = 24;

export const subnetSize = createRule<Options, MessageId>({
  name: "subnet-size",
  meta: {
    type: "suggestion",
    docs: { description: "Require subnets that fit the number of containers", recommended: "strict" },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          largest: {
            type: "integer",
            minimum: 0,
            maximum: 30,
            description: "The prefix length of the largest IPv4 subnet that a bridge may have.",
          },
        },
      },
    ],
    defaultOptions: [{ largest: 16 }],
    messages: {
      tooSmall:
        '{{subnet}} of network "{{network}}" has {{addresses}} to give, but {{containers}}: {{consequence}}. {{advice}}',
      tooLarge:
        '{{subnet}} of network "{{network}}" holds {{addresses}} addresses, but a bridge takes {{most}} containers at most: {{consequence}}. {{advice}}',
      renumber: RENUMBER_MESSAGE,
      shrink: 'Shrink network "{{network}}" to {{subnet}}; it is recreated on the next up.',
    },
  },
  create({ options, view, report }) {
    function checkRoom(network: Network, subnets: readonly ExplicitSubnet[]): void {
      const [subnet] = subnets;
      if (!subnet) return;
      const room = tightestRoom(network, subnets);
      const missing = -spareIn(room);
      if (missing <= 0n) return;
      const { advice, suggest } = widen(network, subnet, room);
      report({
        at: (child(subnet.pool.value, "ip_range") ?? subnet.written.written).place,
        messageId: "tooSmall",
        values: {
          network: network.key,
          subnet: subnets.map(({ text }) => text).join(" and ") + (rangeOfPool(subnet) ? ` with its ip_range` : ""),
          addresses: counted(Number(room.addresses), "address", "addresses"),
          containers: `${counted(room.containers, "container", "containers")} of ${room.services.map((name) => `"${name}"`).join(", ")} ${room.containers === 1 ? "needs" : "need"} one`,
          consequence: `"up" fails for ${missing} of them`,
          advice,
        },
        suggest,
      });
    }

    function widen(network: Network, subnet: ExplicitSubnet, { containers }: Room) {
      const { family } = subnet.prefix.address;
      const length = lengthFor(containers, family);
      if (rangeOfPool(subnet)) {
        return { advice: `An ip_range of /${length} or larger has room for all, or none at all.`, suggest: [] };
      }
      const renumbering = renumber(view, network, subnet, (free) => free.length <= length);
      return { ...renumbering, advice: `A /${length} has room for all. ${renumbering.advice}` };
    }

    function checkExcess(network: Network, subnet: ExplicitSubnet): void {
      const { prefix } = subnet;
      if (prefix.address.family === 6 || network.driver !== "bridge" || prefix.length >= options.largest) return;
      const { containers } = tightestRoom(network, [subnet]);
      const length = Math.min(lengthFor(containers, 4), Math.max(USUAL_LENGTH, options.largest));
      report({
        at: subnet.written.written.place,
        messageId: "tooLarge",
        values: {
          network: network.key,
          subnet: subnet.text,
          addresses: (2 ** (32 - prefix.length)).toLocaleString("en"),
          most: MOST_ON_A_BRIDGE,
          consequence: "all the others are lost for hosts that may need them",
          advice: `A /${length} is enough for its services.`,
        },
        suggest: shrink(network, subnet, { address: prefix.address, length }),
      });
    }

    return {
      ComposeFile() {
        for (const network of view.project.networks) {
          if (network.existence.kind !== "created") continue;
          for (const addressing of [network.ipv4, network.ipv6]) {
            if (addressing.mode === "explicit") checkRoom(network, addressing.subnets);
          }
          for (const subnet of explicitSubnets(network)) checkExcess(network, subnet);
        }
      },
    };
  },
});

function rangeOfPool({ pool }: ExplicitSubnet): boolean {
  return child(pool.value, "ip_range") !== undefined;
}

function shrink(network: Network, subnet: ExplicitSubnet, to: Prefix): Suggestion<MessageId>[] {
  const outcome = moveSubnet(network, subnet, to);
  if (!outcome.ok) return [];
  return [{ messageId: "shrink", values: { network: network.key, subnet: formatPrefix(to) }, edits: outcome.edits }];
}

function counted(count: number, one: string, many: string): string {
  return `${count === 0 ? "no" : count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
