import type { ExplicitSubnet } from "../src/compose/addressing.js";
import { explicitSubnets, type Network } from "../src/compose/network.js";
import { effectivePools, type AddressPool } from "../src/ipam/docker-pools.js";
import { formatPrefix, rangeOf, type Prefix } from "../src/ipam/prefix.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { formatLocation } from "../src/policy/source-text.js";
import { automaticPools } from "../src/rule/automatic-pools.js";
import { createRule } from "../src/rule/create-rule.js";
import { RENUMBER_MESSAGE, renumber } from "../src/rule/renumbering.js";

type MessageId = "defaultPoolSubnet" | "renumber";

export const noDefaultPoolSubnet = createRule<Record<string, never>, MessageId>({
  name: "no-default-pool-subnet",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow subnets in the address pools that Docker hands out by itself",
      recommended: "strict",
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      defaultPoolSubnet:
        '{{subnet}} of network "{{network}}" overlaps {{pool}}, {{origin}}: {{consequence}}. {{advice}}',
      renumber: RENUMBER_MESSAGE,
    },
  },
  create({ view, report }) {
    function check(network: Network, subnet: ExplicitSubnet): void {
      const { declared, pools } = automaticPools(view, network);
      const poolAround = (prefix: Prefix): AddressPool | undefined =>
        effectivePools(pools).find(({ base }) => rangesOverlap(rangeOf(base), rangeOf(prefix)));
      const pool = poolAround(subnet.prefix);
      if (!pool) return;
      const location = declared?.find(({ base }) => rangesOverlap(rangeOf(base), rangeOf(pool.base)))?.location;
      const { advice, suggest } = renumber(view, network, subnet, (free) => poolAround(free) === undefined);
      report({
        at: subnet.written.written.place,
        messageId: "defaultPoolSubnet",
        values: {
          network: network.key,
          subnet: subnet.text,
          pool: formatPrefix(pool.base),
          origin: location
            ? `a pool of the daemons (${formatLocation({ ...location, file: view.display(location.file) })})`
            : `one of Docker's own pools for ${network.driver === "overlay" ? "a swarm" : "networks without a subnet"}`,
          consequence:
            network.driver === "overlay"
              ? "on the day that the swarm has given these addresses to another network, this one gets none"
              : '"up" fails on the day that Docker has given these addresses to another network',
          advice,
        },
        suggest,
      });
    }

    return {
      ComposeFile() {
        for (const network of view.project.networks) {
          const { kind } = network.existence;
          // A LAN stays where it is.
          if (kind === "external" || kind === "unused" || network.reach === "lan") continue;
          for (const subnet of explicitSubnets(network)) check(network, subnet);
        }
      },
    };
  },
});
