import type { Address, Family } from "../../ipam/address.js";
import { rangeOf, type Prefix } from "../../ipam/prefix.js";
import { rangeContains } from "../../ipam/range.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { valueOf } from "../project/field.js";
import { chosenGateway, choosingGateway } from "./gateways.js";
import { addressesIn } from "./pool-faults.js";
import { CURRENT_ENGINES, includesAny, type EngineSpan } from "./releases.js";
import { isMade } from "./running.js";

/** What keeps services without an address of their own away from those that have one. */
export interface RangeForOthers {
  readonly pool: IpamPool;
  readonly range: Prefix;
  /** To be written beside it, where none is named: the one that the network has now. */
  readonly gateway: Address | undefined;
}

/** Smaller parts of the subnet than this many bits are not looked for, nor more of one size. */
const MOST_BITS = 8;
const MOST_PARTS = 16;

/**
 * The largest part of a subnet that no address of a service lies in, with room for all that have none.
 *
 * @returns undefined when there is none, or when that can't be told.
 */
export function rangeForOthers(
  network: Network,
  family: Family,
  span: EngineSpan = CURRENT_ENGINES,
): RangeForOthers | undefined {
  const addressing = network[`ipv${family}`];
  const [subnet, ...more] = addressing.mode === "explicit" ? addressing.subnets : [];
  if (!subnet || more.length > 0) return undefined;
  const { prefix, pool } = subnet;
  const made = network.attachments.filter(({ running }) => isMade(running));
  const own = made.flatMap(({ addresses }) => addresses.filter((address) => address.family === family));
  const settled = own.flatMap(({ address }) => valueOf(address) ?? []);
  if (settled.length < own.length) return undefined;
  const dynamic = made
    .filter(({ addresses }) => !addresses.some((address) => address.family === family))
    .reduce((sum, { running }) => sum + running.copies, 0);
  const chosen =
    pool.gateway.kind === "absent" && includesAny(choosingGateway(network, family), span)
      ? chosenGateway(pool, prefix)
      : undefined;
  const gateway = typeof chosen === "object" ? chosen : undefined;
  const held = [
    ...settled,
    ...addressesIn(pool).flatMap(({ field }) => valueOf(field) ?? []),
    ...(gateway ? [gateway] : []),
  ];
  const whole = valueOf(pool.ipRange) ?? prefix;
  const range = freePart(whole, held, dynamic);
  return range && { pool, range, gateway };
}

function freePart(whole: Prefix, held: readonly Address[], containers: number): Prefix | undefined {
  const { first, last } = rangeOf(whole);
  const bits = whole.address.family === 4 ? 32 : 128;
  for (let length = whole.length + 1; length <= Math.min(bits, whole.length + MOST_BITS); length += 1) {
    const size = 1n << BigInt(bits - length);
    // The last part holds the broadcast address as well.
    if (size < BigInt(containers) + 1n) return undefined;
    for (let part = 0n; part < MOST_PARTS; part += 1n) {
      const value = last.value - size * (part + 1n) + 1n;
      if (value <= first.value) break;
      const prefix: Prefix = { address: { ...first, value }, length };
      if (!held.some((address) => rangeContains(rangeOf(prefix), address))) return prefix;
    }
  }
  return undefined;
}
