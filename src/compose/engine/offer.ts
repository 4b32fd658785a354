import type { Family } from "../../ipam/address.js";
import { rangeOf } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { ExplicitSubnet } from "../project/addressing.js";
import { valueOf } from "../project/field.js";
import type { Network } from "../project/network.js";
import { keptAddresses } from "./allocation.js";
import type { Offer } from "./address-contest.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { addressesIn } from "./pool-faults.js";
import {
  ALL_ENGINES,
  both,
  CURRENT_ENGINES,
  includesAll,
  includesAny,
  type Engines,
  type EngineSpan,
} from "./releases.js";

/** What engines of some releases give out by themselves on a network: an offer, and how large it is. */
export interface DynamicAddresses extends Offer {
  readonly engines: Engines;
  readonly size: bigint;
  /** Whether an address is one of them. */
  readonly isFree: (address: bigint) => boolean;
}

/**
 * The addresses that containers without one of their own get: of the subnet, or of `ip_range`, without those that the
 * engine keeps. Whether the gateway takes one depends on the release.
 *
 * @param span The releases that count.
 * @returns one offer for each group of them that has its own.
 */
export function dynamicAddresses(
  network: Network,
  family: Family,
  subnets: readonly ExplicitSubnet[],
  span: EngineSpan = CURRENT_ENGINES,
): readonly DynamicAddresses[] {
  const choosing = choosingGateway(network, family);
  const isNamed = subnets.every(({ pool }) => pool.gateway.kind !== "absent");
  if (isNamed || includesAll(choosing, span)) return [offerOf(subnets, true, ALL_ENGINES)];
  if (!includesAny(choosing, span)) return [offerOf(subnets, false, ALL_ENGINES)];
  const from = choosing.before;
  const later = from === undefined ? undefined : both(ALL_ENGINES, { from });
  return [offerOf(subnets, true, choosing), ...(later ? [offerOf(subnets, false, later)] : [])];
}

interface Part {
  readonly first: bigint;
  readonly last: bigint;
  /** Sorted. */
  readonly kept: readonly bigint[];
}

function offerOf(subnets: readonly ExplicitSubnet[], takesGateway: boolean, engines: Engines): DynamicAddresses {
  const parts = subnets.map((subnet) => partOf(subnet, takesGateway));
  const sizeOf = ({ first, last, kept }: Part): bigint => last - first + 1n - BigInt(kept.length);
  return {
    engines,
    size: parts.reduce((sum, part) => sum + sizeOf(part), 0n),
    isFree: (address) =>
      parts.some(({ first, last, kept }) => address >= first && address <= last && !kept.includes(address)),
    lowerThan: (address) => {
      let before = 0n;
      for (const part of parts) {
        const { first, last, kept } = part;
        if (address < first || address > last) before += sizeOf(part);
        else return before + address - first - BigInt(kept.filter((each) => each < address).length);
      }
      return undefined;
    },
  };
}

function partOf({ prefix, pool }: ExplicitSubnet, takesGateway: boolean): Part {
  const whole = rangeOf(prefix);
  const written = valueOf(pool.ipRange);
  const own = written ? rangeOf(written) : whole;
  const range = rangeContains(whole, own) ? own : whole;
  const chosen = takesGateway && pool.gateway.kind === "absent" ? chosenGateway(pool, prefix) : undefined;
  const kept = [
    ...addressesIn(pool).flatMap(({ field }) => valueOf(field) ?? []),
    ...keptAddresses(prefix).map(({ address }) => address),
    ...(typeof chosen === "object" ? [chosen] : []),
  ];
  const inside = new Set(kept.filter((address) => rangeContains(range, address)).map(({ value }) => value));
  return {
    first: range.first.value,
    last: range.last.value,
    kept: [...inside].sort((left, right) => (left < right ? -1 : 1)),
  };
}
