import { poolsOfEngines } from "../../../compose/engine/profile.js";
import { CURRENT_ENGINES } from "../../../compose/engine/releases.js";
import type { AddressRange } from "../../../ipam/address.js";
import { hashKey } from "../../../ipam/key-hash.js";
import { formatPrefix, rangeOf, type Prefix } from "../../../ipam/prefix.js";
import { rangesOverlap } from "../../../ipam/range.js";

export interface ProposedPool {
  readonly cidr: string;
  readonly prefix: string;
}

/**
 * A subnet is found by a hash, so two branches that each add a network may meet in one slot: with 30 networks in 256
 * slots, some pair does with a chance of more than 82 %. The more slots a network has, the rarer that is.
 */
const SLOTS_PER_NETWORK = 8;

/** Subnets of this length have room for 61 containers; smaller ones are seldom enough. */
const SMALLEST = 26;

/** Private space outside Docker's own pools: 172.16.0.0/16 is the one /16 of 172.16.0.0/12 that it never takes. */
const SPACES: readonly Prefix[] = [
  { address: { family: 4, value: 0x0a00_0000n }, length: 8 },
  { address: { family: 4, value: 0xac10_0000n }, length: 16 },
];

/**
 * Address space for fixes, of which nothing is taken. Its place depends on the id: two repositories rarely propose the
 * same.
 *
 * @param networks How many networks there are already.
 * @param written Their subnets: they lie in the proposed space only where there is no other.
 */
export function proposedPool(
  id: string,
  taken: readonly AddressRange[],
  networks: number,
  written: readonly AddressRange[] = [],
): ProposedPool | undefined {
  const slots = Math.max(1, networks) * SLOTS_PER_NETWORK;
  const all = [...taken, ...poolsOfEngines(CURRENT_ENGINES).map(({ base }) => rangeOf(base))];
  return spaceBeside(id, [...all, ...written], slots) ?? spaceBeside(id, all, slots);
}

function spaceBeside(id: string, all: readonly AddressRange[], slots: number): ProposedPool | undefined {
  for (const { length, prefix } of shapesFor(slots)) {
    for (const space of SPACES) {
      const cidr = length < space.length ? undefined : freeBlock(id, space, length, all);
      if (cidr !== undefined) return { cidr, prefix: String(prefix) };
    }
  }
  return undefined;
}

/**
 * The lengths of a pool and of its subnets, in the order of preference: a /16, with smaller subnets where there are many
 * networks; more space where that is not enough; and less space where no /16 is free.
 */
function shapesFor(slots: number): readonly { readonly length: number; readonly prefix: number }[] {
  const shapes = [16, 15, 14, 13, 12, 17, 18, 19, 20].flatMap((length) =>
    [24, 25, SMALLEST].map((prefix) => ({ length, prefix })),
  );
  return shapes.filter(({ length, prefix }) => 2 ** (prefix - length) >= slots);
}

/** The first free block from the one on that the id says. */
function freeBlock(id: string, space: Prefix, length: number, taken: readonly AddressRange[]): string | undefined {
  const count = 2 ** (length - space.length);
  const start = hashKey(id) % count;
  for (let step = 0; step < count; step += 1) {
    const index = BigInt((start + step) % count);
    const address = { family: 4, value: space.address.value + (index << BigInt(32 - length)) } as const;
    const block: Prefix = { address, length };
    if (!taken.some((range) => rangesOverlap(range, rangeOf(block)))) return formatPrefix(block);
  }
  return undefined;
}

const CARRIER_GRADE_NAT: Prefix = { address: { family: 4, value: 0x6440_0000n }, length: 10 };

/** What is wrong with a pool that was asked for, where it is not wrong everywhere. */
export function warningAbout(pool: Prefix): string | undefined {
  if (!rangesOverlap(rangeOf(pool), rangeOf(CARRIER_GRADE_NAT))) return undefined;
  return `${formatPrefix(pool)} is carrier-grade NAT space (100.64.0.0/10): Tailscale and some Internet providers give such addresses to hosts, which containers then can't reach`;
}
