import { compareAddresses } from "../../../ipam/address.js";
import { rangeOf } from "../../../ipam/prefix.js";
import { rangesOverlap } from "../../../ipam/range.js";
import { refused, type Refused } from "../../../kit/edit.js";
import { explicitSubnets, type Network } from "../../project/network.js";

const known = new WeakMap<Network, Refused | undefined>();

/**
 * Why none of a network's subnets is moved: the engine refuses it, whichever of them moves, until one is left
 * out. And it is not known which of the two its addresses belong to.
 */
export function refuseOverlap(network: Network): Refused | undefined {
  if (!known.has(network)) known.set(network, firstOverlap(network));
  return known.get(network);
}

/** In the order of their addresses, the first that overlaps any overlaps the one before it. */
function firstOverlap(network: Network): Refused | undefined {
  const sorted = explicitSubnets(network).toSorted((left, right) =>
    compareAddresses(rangeOf(left.prefix).first, rangeOf(right.prefix).first),
  );
  for (const [index, subnet] of sorted.entries()) {
    const before = sorted[index - 1];
    if (!before || !rangesOverlap(rangeOf(before.prefix), rangeOf(subnet.prefix))) continue;
    const isFirst = network.pools.indexOf(subnet.pool) < network.pools.indexOf(before.pool);
    return refused("two subnets of the network overlap", (isFirst ? before : subnet).at);
  }
  return undefined;
}
