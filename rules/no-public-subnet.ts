import type { Network } from "../src/compose/project/network.js";
import { containsPrefix, type Prefix } from "../src/ipam/prefix.js";
import { spaceOf, type Purpose } from "../src/ipam/special-purpose.js";
import { defineRule } from "../src/lint/define-rule.js";
import { blocks } from "../src/lint/options.js";
import { subnetsOffTheLan } from "../src/lint/which-networks.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";

export const noPublicSubnet = defineRule({
  name: "no-public-subnet",
  type: "problem",
  docs: {
    description: "Disallow subnets in address space that is not private",
    recommended: "recommended",
    level: "warn",
  },
  options: { allow: blocks([], "CIDR blocks in which subnets are allowed.") },
  headlines: {
    publicSubnet: '{{subnet}} of network "{{network}}" {{relation}} address space that belongs to someone else',
    specialSubnet: '{{subnet}} of network "{{network}}" {{relation}} address space for {{purpose}} ({{source}})',
  },
  suggestions: { renumber: RENUMBER_MESSAGE },
  check({ view, options, report }) {
    for (const { network, subnet, at } of subnetsOffTheLan(view)) {
      const { prefix, text } = subnet;
      const space = spaceOf(prefix);
      if (space.isFine || options.allow.some((block) => containsPrefix(block, prefix))) continue;
      const { block, relation } = space;
      const { advice, suggestions } = renumber(view, network, subnet, {
        isBetter: (free) => spaceOf(free).isFine,
      });
      const about = { network: network.key, subnet: text, relation };
      if (block) {
        const { name: purpose, consequence } = PURPOSES[block.purpose];
        report({
          at,
          says: "specialSubnet",
          about: { ...about, purpose, source: block.source },
          outcome: "unreachable",
          consequence,
          advice,
          suggestions,
        });
      } else {
        report({
          at,
          says: "publicSubnet",
          about,
          outcome: "unreachable",
          consequence: `the Internet hosts that have these addresses become unreachable ${whenceOf(network)}`,
          advice: nearMissOf(prefix) + advice,
          suggestions,
        });
      }
    }
  },
});

function whenceOf({ reach }: Network): string {
  return reach === "host" ? "from this machine while the network is up" : "for the containers of the network";
}

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
