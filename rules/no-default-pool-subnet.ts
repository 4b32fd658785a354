import { formatPrefix, rangeOf, type Prefix } from "../src/ipam/prefix.js";
import { effectivePools, type AddressPool } from "../src/ipam/docker-pools.js";
import { rangesOverlap } from "../src/ipam/range.js";
import { defineRule } from "../src/lint/define-rule.js";
import { subnetsOffTheLan } from "../src/lint/which-networks.js";
import { formatLocation } from "../src/policy/source-text.js";
import { automaticPools } from "../src/remedy/automatic-pools.js";
import { RENUMBER_MESSAGE, renumber } from "../src/remedy/renumber.js";

export const noDefaultPoolSubnet = defineRule({
  name: "no-default-pool-subnet",
  type: "problem",
  docs: {
    description: "Disallow subnets in Docker's default address pools",
    recommended: "strict",
  },
  headlines: { defaultPoolSubnet: '{{subnet}} of network "{{network}}" overlaps {{pool}}, {{origin}}' },
  suggestions: { renumber: RENUMBER_MESSAGE },
  check({ view, report }) {
    for (const { network, subnet, at } of subnetsOffTheLan(view)) {
      const { declared, pools } = automaticPools(view, network);
      const poolAround = (prefix: Prefix) => effectivePools(pools).find(overlaps(prefix));
      const pool = poolAround(subnet.prefix);
      if (!pool) continue;
      const isSwarm = network.driver === "overlay";
      const declaration = declared?.find(overlaps(pool.base))?.location;
      const { advice, suggestions } = renumber(view, network, subnet, {
        isBetter: (free) => poolAround(free) === undefined,
      });
      report({
        at,
        says: "defaultPoolSubnet",
        about: {
          network: network.key,
          subnet: subnet.text,
          pool: formatPrefix(pool.base),
          origin: declaration
            ? `a pool of the daemons (${formatLocation({ ...declaration, file: view.display(declaration.file) })})`
            : `one of Docker's own pools for ${isSwarm ? "a swarm" : "networks without a subnet"}`,
        },
        outcome: "may-fail",
        consequence: isSwarm
          ? "once the swarm gives these addresses to another network, this one gets none"
          : '"up" fails once Docker gives these addresses to another network',
        advice,
        suggestions,
      });
    }
  },
});

function overlaps(prefix: Prefix): (pool: AddressPool) => boolean {
  return ({ base }) => rangesOverlap(rangeOf(base), rangeOf(prefix));
}
