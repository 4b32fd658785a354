import type { ExplicitSubnet } from "../src/compose/addressing.js";
import { explicitSubnets, type Network } from "../src/compose/network.js";
import { containsPrefix, parsePrefix, type Prefix } from "../src/ipam/prefix.js";
import { spaceOf, type Purpose } from "../src/ipam/special-purpose.js";
import { createRule } from "../src/rule/create-rule.js";
import { RENUMBER_MESSAGE, renumber } from "../src/rule/renumbering.js";

interface Options {
  readonly allow: readonly string[];
}

type MessageId = "publicSubnet" | "specialSubnet" | "renumber";

export const noPublicSubnet = createRule<Options, MessageId>({
  name: "no-public-subnet",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow subnets in address space that is not private",
      recommended: "recommended",
      level: "warn",
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          allow: {
            type: "array",
            items: { type: "string", pattern: "^[0-9A-Fa-f:.]+/[0-9]+$" },
            uniqueItems: true,
            description: "CIDR blocks in which subnets may lie all the same.",
          },
        },
      },
    ],
    defaultOptions: [{ allow: [] }],
    messages: {
      publicSubnet:
        '{{subnet}} of network "{{network}}" {{relation}} address space that belongs to someone else: {{consequence}}. {{advice}}',
      specialSubnet:
        '{{subnet}} of network "{{network}}" {{relation}} address space for {{purpose}} ({{source}}): {{consequence}}. {{advice}}',
      renumber: RENUMBER_MESSAGE,
    },
  },
  create({ options, view, report }) {
    const allowed = options.allow.flatMap((cidr) => {
      const prefix = parsePrefix(cidr);
      return prefix.ok ? [prefix.value] : [];
    });

    function check(network: Network, subnet: ExplicitSubnet): void {
      const { prefix, text, written } = subnet;
      const space = spaceOf(prefix);
      if (space.isFine || allowed.some((block) => containsPrefix(block, prefix))) return;
      const { block, relation } = space;
      const { advice, suggest } = renumber(view, network, subnet, (free) => spaceOf(free).isFine);
      const values = { network: network.key, subnet: text, relation };
      if (block) {
        report({
          at: written.written.place,
          messageId: "specialSubnet",
          values: {
            ...values,
            purpose: PURPOSES[block.purpose].name,
            source: block.source,
            consequence: PURPOSES[block.purpose].consequence,
            advice,
          },
          suggest,
        });
      } else {
        report({
          at: written.written.place,
          messageId: "publicSubnet",
          values: {
            ...values,
            consequence: `the Internet hosts that have these addresses become unreachable ${network.reach === "host" ? "from this machine while the network is up" : "for the containers of the network"}`,
            advice: nearMissOf(prefix) + advice,
          },
          suggest,
        });
      }
    }

    return {
      ComposeFile() {
        for (const network of view.project.networks) {
          const { kind } = network.existence;
          // Whoever puts containers on a LAN takes the addresses that it has.
          if (kind === "external" || kind === "unused" || network.reach === "lan") continue;
          for (const subnet of explicitSubnets(network)) check(network, subnet);
        }
      },
    };
  },
});

const PURPOSES: Readonly<Record<Purpose, { readonly name: string; readonly consequence: string }>> = {
  private: { name: "private use", consequence: "" },
  "carrier-grade NAT": {
    name: "carrier-grade NAT",
    consequence: "Internet providers and Tailscale give such addresses to hosts, which become unreachable from here",
  },
  documentation: {
    name: "documentation",
    consequence: "it is for examples only, and filters drop packets with such addresses",
  },
  benchmarking: {
    name: "benchmarks of network devices",
    consequence: "tests use it, and filters drop packets with such addresses",
  },
  loopback: {
    name: "loopback",
    consequence: "packets for such addresses never leave the machine that sends them, so no container gets any",
  },
  "link-local": {
    name: "link-local addresses",
    consequence: "routers do not forward them, and the metadata services of clouds answer there",
  },
  multicast: { name: "multicast", consequence: "no single host can have such an address" },
  protocol: { name: "Internet protocols", consequence: "a standard gives these addresses a meaning of their own" },
  reserved: { name: "future use", consequence: "many systems refuse to send packets there" },
};

/** `172.80.0.0/16` and `192.167.0.0/16` look private to many. */
function nearMissOf({ address }: Prefix): string {
  if (address.family === 6) return "";
  const firstOctet = Number(address.value >> 24n);
  if (firstOctet === 172) return "Private are 172.16.0.0 to 172.31.255.255 only. ";
  return firstOctet === 192 ? "Private are 192.168.0.0 to 192.168.255.255 only. " : "";
}
