import type { StartOrder } from "./start-order.js";

/** The containers of one service on one network, as far as one family is concerned. */
export interface Contender {
  readonly service: string;
  /** How many containers. */
  readonly copies: number;
  /** Undefined for a service that takes what the engine gives it. */
  readonly address: bigint | undefined;
}

/** The addresses that an engine gives out by itself: the lowest that is free, one after the other. */
export interface Offer {
  /** How many of them are lower than this one; undefined for an address that is none of them. */
  readonly lowerThan: (address: bigint) => bigint | undefined;
}

/** A static address that may be gone when its service starts. */
export interface Loser {
  readonly service: string;
  readonly address: bigint;
  /** Whether it is gone in whatever order the services start. */
  readonly always: boolean;
  /** A service that takes it. */
  readonly taker: string;
}

/** The most that are looked into where it is a matter of luck: each costs a walk over all services. */
const MOST_DOUBTS = 100;

/**
 * The static addresses that services of the same network take away. Whoever has no address of its own gets the lowest
 * free one, so it takes that of a service that starts later as soon as those below are gone. Such a start is bound to
 * fail when the services that must come first fill all that is below, and may fail when others can do so as well.
 */
export function losersOf(contenders: readonly Contender[], offer: Offer, order: StartOrder): Loser[] {
  const dynamic = contenders.filter(({ address, copies }) => address === undefined && copies > 0);
  if (dynamic.length === 0) return [];
  const settled = contenders
    .flatMap(({ service, copies, address }) => {
      const below = address === undefined || copies === 0 ? undefined : offer.lowerThan(address);
      return below === undefined || address === undefined ? [] : [{ service, address, below }];
    })
    .sort((left, right) => (left.address < right.address ? -1 : 1));
  const copies = new Map(dynamic.map((contender) => [contender.service, contender.copies]));
  const total = dynamic.reduce((sum, contender) => sum + contender.copies, 0);
  const seen = new Set<string>();
  const losers: Loser[] = [];
  let first = 0;
  let doubts = 0;
  let taker: string | undefined;
  for (const [index, { service, address, below }] of settled.entries()) {
    // In an order without a failure, the services that must come first fit into the free addresses below.
    const spare = below - BigInt(index);
    for (const earlier of order.before([service], seen)) {
      const count = copies.get(earlier);
      if (count === undefined || order.ends(earlier)) continue;
      first += count;
      taker = earlier;
    }
    if (taker !== undefined && BigInt(first) > spare) losers.push({ service, address, always: true, taker });
    else if (BigInt(total) > spare && doubts < MOST_DOUBTS) {
      doubts += 1;
      const lucky = luckyTaker(service, settled.slice(0, index), spare, dynamic, order);
      if (lucky !== undefined) losers.push({ service, address, always: false, taker: lucky });
    }
  }
  return losers;
}

/** A service that may start before this one and take its address, when all that can start before it does so. */
function luckyTaker(
  service: string,
  lower: readonly { readonly service: string }[],
  spare: bigint,
  dynamic: readonly Contender[],
  order: StartOrder,
): string | undefined {
  const after = order.after(service);
  const ended = order.endedBefore(service);
  const early = dynamic.filter((one) => one.service !== service && !after.has(one.service) && !ended.has(one.service));
  // A lower address whose service must come later is one more that is free until then.
  const needed = spare + BigInt(lower.filter((one) => after.has(one.service)).length);
  const count = early.reduce((sum, one) => sum + one.copies, 0);
  return BigInt(count) > needed ? early.at(-1)?.service : undefined;
}
