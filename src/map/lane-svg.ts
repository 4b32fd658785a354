import { formatAddress, type AddressRange } from "../ipam/address.js";
import { formatPrefix, rangeOf } from "../ipam/prefix.js";
import { formatRange, rangesOverlap } from "../ipam/range.js";
import { isNetwork, type MapItem } from "./address-map.js";
import { escapeXml } from "./escape.js";
import type { Lane } from "./lanes.js";
import { LEGEND } from "./words.js";

/** The width of a lane in its own units. Its parts keep their place to 10^-9 of it, so that a page can zoom in far. */
const UNITS = 1000;

/** Top and height of what a kind is drawn as: forbidden ranges behind all, pools thin at the bottom. */
const TRACKS: Readonly<Record<MapItem["kind"], readonly [top: number, height: number]>> = {
  forbidden: [0, 40],
  candidate: [30, 4],
  pool: [35, 5],
  explicit: [8, 20],
  planned: [8, 20],
  host: [2, 6],
};

const ORDER: readonly MapItem["kind"][] = ["forbidden", "candidate", "pool", "host", "planned", "explicit"];

/** The parts of one lane. Each has a title, which a pointer and a screen reader show. */
export function laneShapes({ block, items }: Lane, collisions: readonly AddressRange[]): string {
  const whole = rangeOf(block);
  const shapes = ORDER.flatMap((kind) =>
    items.filter((item) => item.kind === kind).map((item) => shapeOf(item, whole)),
  );
  const marks = collisions
    .filter((range) => rangesOverlap(range, whole))
    .map((range) => rectangle("collision", range, whole, [4, 28], "collision", `collision in ${formatRange(range)}`));
  return [...shapes, ...marks].join("");
}

function shapeOf(item: MapItem, whole: AddressRange): string {
  const { kind, range, name, place } = item;
  const subnet = formatRange(range);
  const title = [name === subnet ? subnet : `${name} ${subnet}`, LEGEND[kind], place ?? ""].filter(
    (part) => part !== "",
  );
  return rectangle(kind, range, whole, TRACKS[kind], isNetwork(item) ? name : "", title.join(", "));
}

function rectangle(
  kind: string,
  range: AddressRange,
  whole: AddressRange,
  [top, height]: readonly [number, number],
  name: string,
  title: string,
): string {
  const [x, width] = extentIn(range, whole);
  const data = name === "" ? "" : ` data-name="${escapeXml(name)}"`;
  return `<rect class="${kind}" x="${x}" y="${top}" width="${width}" height="${height}"${data}><title>${escapeXml(title)}</title></rect>`;
}

/** Exact in bigints up to the last step: a number has not enough digits for an address of IPv6. */
export function extentIn(range: AddressRange, whole: AddressRange): readonly [x: number, width: number] {
  const size = whole.last.value - whole.first.value + 1n;
  const from = range.first.value > whole.first.value ? range.first.value - whole.first.value : 0n;
  const end = (range.last.value < whole.last.value ? range.last.value : whole.last.value) - whole.first.value + 1n;
  const scale = (value: bigint): number => Number((value * 10n ** 12n) / size) / 10 ** 12;
  return [scale(from) * UNITS, (scale(end) - scale(from)) * UNITS];
}

export function endsOf({ block }: Lane): readonly [string, string] {
  const { first, last } = rangeOf(block);
  return [formatAddress(first), formatAddress(last)];
}

export function titleOfLane({ block, isZoomed }: Lane): string {
  return isZoomed ? `${formatPrefix(block)}, enlarged` : formatPrefix(block);
}

export const LANE_UNITS = { width: UNITS, height: 40 } as const;
