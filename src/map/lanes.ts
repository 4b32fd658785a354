import { addTo } from "../kit/group.js";
import type { AddressRange } from "../ipam/address.js";
import { bitsOf, containsPrefix, formatPrefix, maskPrefix, parsePrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { rangeContains, rangesOverlap } from "../ipam/range.js";
import { isNetwork, type AddressMap, type MapItem } from "./address-map.js";

/** A block of addresses that is drawn on one line. */
export interface Lane {
  readonly block: Prefix;
  /** What is at least partly in it, in the order of addresses. */
  readonly items: readonly MapItem[];
  /** It shows a part of an earlier lane, larger. */
  readonly isZoomed: boolean;
}

/** What people call a network of their own. */
const PRIVATE = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"].map(mustPrefix);

/** A lane is worth its line where it shows things this many times larger than the one around it. */
const WORTH = 3;

/** More than a screen holds. The rest is in the table. */
const MOST_LANES = 40;

/** The private blocks that are in use, and below each the parts that would be hairlines in it. */
export function lanesOf({ items }: Pick<AddressMap, "items">): Lane[] {
  const roots = new Map<string, Prefix>();
  for (const item of items) {
    const root = rootOf(item.range);
    roots.set(formatPrefix(root), root);
  }
  const outer = [...roots.values()].filter(
    (root) => ![...roots.values()].some((other) => other !== root && containsPrefix(other, root)),
  );
  return outer
    .sort(
      (one, other) => one.address.family - other.address.family || (one.address.value < other.address.value ? -1 : 1),
    )
    .flatMap((root) => {
      const lane = laneOf(root, items, false);
      return [lane, ...zoomsOf(lane)];
    })
    .slice(0, MOST_LANES);
}

function laneOf(block: Prefix, items: readonly MapItem[], isZoomed: boolean): Lane {
  const range = rangeOf(block);
  return { block, items: items.filter((item) => rangesOverlap(item.range, range)), isZoomed };
}

/** IPv6 is never drawn to scale as a whole: a site has a /48. */
function rootOf(range: AddressRange): Prefix {
  const smallest = coverOf([range]);
  const known = PRIVATE.find((block) => containsPrefix(block, smallest));
  if (known) return known;
  return shorten(smallest, smallest.address.family === 4 ? 8 : 48);
}

/** The pools, and the parts in which networks crowd. */
function zoomsOf(lane: Lane): Lane[] {
  const pools = lane.items.filter(({ kind, range }) => kind === "pool" && rangeContains(rangeOf(lane.block), range));
  const networks = lane.items.filter(isNetwork);
  const crowds = new Map<string, MapItem[]>();
  const step = lane.block.address.family === 4 ? 16 : 56;
  for (const network of networks) addTo(crowds, formatPrefix(shorten(coverOf([network.range]), step)), network);
  const blocks = [
    ...pools.map(({ range }) => coverOf([range])),
    ...[...crowds.values()]
      .filter((crowd) => crowd.length > 1 || isHit(crowd, lane))
      .map((crowd) => crowdBlock(crowd, lane)),
  ];
  const drawn: Prefix[] = [];
  for (const block of blocks) {
    // What another lane shows as large already, or all of, needs no line.
    const isKnown = [lane.block, ...drawn].some(
      (other) => containsPrefix(block, other) || (containsPrefix(other, block) && block.length < other.length + WORTH),
    );
    if (!isKnown) drawn.push(block);
  }
  return drawn.map((block) => laneOf(block, lane.items, true));
}

function isHit([only]: readonly MapItem[], { items }: Lane): boolean {
  return (
    only !== undefined && items.some(({ kind, range }) => kind === "forbidden" && rangesOverlap(range, only.range))
  );
}

/** Networks with some room around them, so that neighbours are seen. */
function crowdBlock(crowd: readonly MapItem[], { block }: Lane): Prefix {
  const cover = coverOf(crowd.map(({ range }) => range));
  return shorten(cover, Math.max(cover.length - 2, block.length));
}

/** The smallest prefix that holds all of some ranges. */
export function coverOf(ranges: readonly AddressRange[]): Prefix {
  const [first] = ranges;
  if (!first) return mustPrefix("0.0.0.0/0");
  const { family } = first.first;
  let [low, high] = [first.first.value, first.last.value];
  for (const range of ranges) {
    if (range.first.value < low) low = range.first.value;
    if (range.last.value > high) high = range.last.value;
  }
  const differing = (low ^ high).toString(2);
  const length = bitsOf(family) - (differing === "0" ? 0 : differing.length);
  return maskPrefix({ address: { family, value: low }, length });
}

function shorten(prefix: Prefix, length: number): Prefix {
  return length >= prefix.length ? prefix : maskPrefix({ address: prefix.address, length });
}

function mustPrefix(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new TypeError(text);
  return prefix.value;
}
