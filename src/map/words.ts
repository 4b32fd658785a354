import { formatRange } from "../ipam/range.js";
import type { Cell } from "./cells.js";
import type { MapItem, MapNetwork, PoolRoom } from "./address-map.js";
import { formatPrefix } from "../ipam/prefix.js";

/** What each sign and colour stands for. */
export const LEGEND: Readonly<Record<Exclude<Cell, "free">, string>> = {
  collision: "collision",
  explicit: "network",
  planned: "planned network",
  host: "network on the host",
  forbidden: "forbidden",
  pool: "pool",
  candidate: "Docker may pick",
};

/** What is wrong with a network, in a clause; empty when nothing is. */
export function describeCollisions({ collisions }: MapNetwork): string {
  if (collisions.length === 0) return "";
  const more = collisions.length > MOST_NAMED ? ` and ${collisions.length - MOST_NAMED} more` : "";
  return `overlaps ${collisions.slice(0, MOST_NAMED).map(describeItem).join(", ")}${more}`;
}

const MOST_NAMED = 3;

function describeItem({ kind, name, range }: MapItem): string {
  const subnet = formatRange(range);
  if (kind === "forbidden")
    return name === subnet ? `the forbidden range ${subnet}` : `the forbidden range "${name}" (${subnet})`;
  return `network "${name}" (${subnet})`;
}

/** `10.201.0.0/16: the largest free block is 10.201.128.0/17; free: 1 × /17, 2 × /24`. */
export function describeRoom({ pool, free, largest }: PoolRoom): string {
  const name = formatRange(pool.range);
  if (!largest) return `${name}: nothing is free`;
  const shown = free.slice(0, MOST_SIZES).map(([length, amount]) => `${amount} × /${length}`);
  const more = free.length > MOST_SIZES ? ` and ${free.length - MOST_SIZES} smaller sizes` : "";
  return `${name}: the largest free block is ${formatPrefix(largest)}; free: ${shown.join(", ")}${more}`;
}

const MOST_SIZES = 8;
