import { compareAddresses, type AddressRange } from "../ipam/address.js";
import { coverRange } from "../ipam/cidr-cover.js";
import type { Prefix } from "../ipam/prefix.js";
import { RangeSet } from "../ipam/range-set.js";
import { subtractRanges } from "../ipam/range.js";

/** In the order in which one hides another where both are. */
export const KINDS = ["explicit", "planned", "host", "forbidden", "pool", "candidate"] as const;

export type MapKind = (typeof KINDS)[number];

/** Something that has a range of addresses. */
export interface MapItem {
  readonly kind: MapKind;
  readonly range: AddressRange;
  readonly name: string;
  /** Where it is written: `compose.yaml:52:19`. */
  readonly place: string | undefined;
  /** It lies in a LAN on purpose, and takes nothing from the host: macvlan, ipvlan. */
  readonly isOfLan?: boolean;
}

/** A network, and what of others it shares addresses with. */
export interface MapNetwork extends MapItem {
  readonly collisions: readonly MapItem[];
}

/** A network that Docker picks a subnet for. */
export interface AutomaticNetwork {
  readonly name: string;
  readonly place: string | undefined;
}

/** How much of a pool is left. */
export interface PoolRoom {
  readonly pool: MapItem;
  /** How many free blocks there are of each prefix length, the largest blocks first. */
  readonly free: readonly (readonly [length: number, amount: number])[];
  readonly largest: Prefix | undefined;
}

export interface AddressMap {
  /** All of them, in the order of addresses. */
  readonly items: readonly MapItem[];
  readonly networks: readonly MapNetwork[];
  readonly automatic: readonly AutomaticNetwork[];
  readonly rooms: readonly PoolRoom[];
}

export function addressMap(given: readonly MapItem[], automatic: readonly AutomaticNetwork[]): AddressMap {
  const items = given.toSorted(
    (one, other) =>
      compareAddresses(one.range.first, other.range.first) || compareAddresses(other.range.last, one.range.last),
  );
  const index = new RangeSet(items.map((value) => ({ range: value.range, value })));
  const networks = items
    .filter(isNetwork)
    .map((item) => ({ ...item, collisions: index.overlapping(item.range).filter((other) => collide(item, other)) }));
  const rooms = items.filter(({ kind }) => kind === "pool").map((pool) => roomIn(pool, index));
  return { items, networks, automatic, rooms };
}

export function isNetwork({ kind }: MapItem): boolean {
  return kind === "explicit" || kind === "planned" || kind === "host";
}

/** One engine network may be written in several files, and run on the host as well: it has one name. */
function collide(item: MapItem, other: MapItem): boolean {
  if (item.isOfLan === true || other.isOfLan === true) return false;
  return other.kind === "forbidden" || (isNetwork(other) && other.name !== item.name);
}

function roomIn(pool: MapItem, index: RangeSet<MapItem>): PoolRoom {
  const taken = index.overlapping(pool.range).filter((item) => isNetwork(item) || item.kind === "forbidden");
  const left = subtractRanges(
    pool.range,
    taken.map(({ range }) => range),
  );
  const blocks = left.flatMap(coverRange).sort((one, other) => one.length - other.length);
  const amounts = new Map<number, number>();
  for (const { length } of blocks) amounts.set(length, (amounts.get(length) ?? 0) + 1);
  return { pool, free: [...amounts], largest: blocks[0] };
}
