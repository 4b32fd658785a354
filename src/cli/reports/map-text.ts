import { formatPrefix } from "../../ipam/prefix.js";
import { formatRange } from "../../ipam/range.js";
import { KINDS, type AddressMap, type MapNetwork } from "../../map/address-map.js";
import { cellsOf, type Cell } from "../../map/cells.js";
import { collisionIndex } from "../../map/collisions.js";
import { lanesOf, type Lane } from "../../map/lanes.js";
import { describeCollisions, describeRoom, LEGEND } from "../../map/words.js";
import { count } from "../terminal/count.js";
import type { Paint } from "../terminal/paint.js";
import { cut, printable, printableLineStart } from "../terminal/printable.js";

const SIGNS: Readonly<Record<Cell, string>> = {
  collision: "✗",
  explicit: "█",
  planned: "▓",
  host: "◆",
  forbidden: "▒",
  pool: "○",
  candidate: "·",
  free: " ",
};

const STYLES: Readonly<Record<Cell, Parameters<Paint>[0]>> = {
  collision: ["red", "bold"],
  explicit: "green",
  planned: "cyan",
  host: "blue",
  forbidden: "yellow",
  pool: "magenta",
  candidate: "dim",
  free: "dim",
};

/** Lanes of cells, what the signs mean, and every network in a table: it can be read without colour. */
export function mapAsText(map: AddressMap, width: number, paint: Paint): string {
  const lanes = lanesOf(map);
  const collides = collisionIndex(map);
  const titles = lanes.map(({ block, isZoomed }) => `${isZoomed ? "  " : ""}${formatPrefix(block)}`);
  const titleWidth = Math.max(0, ...titles.map(({ length }) => length));
  const amount = cellsThatFit(width - titleWidth - SCALE_WIDTH);
  const used = new Set<Cell>();
  const lines = lanes.map((lane, index) => {
    const cells = cellsOf(lane, amount, collides);
    for (const cell of cells) used.add(cell);
    return `${(titles[index] ?? "").padEnd(titleWidth)} │${drawn(cells, paint)}│ ${scaleOf(lane, amount)}`;
  });
  const legend = (["collision", ...KINDS] as const)
    .filter((cell) => used.has(cell))
    .map((cell) => `${paint(STYLES[cell], SIGNS[cell])} ${LEGEND[cell]}`)
    .join("  ");
  const blocks = [
    lines,
    legend === "" ? [] : [legend],
    tableOf(map, paint),
    map.rooms.map((room) => line(describeRoom(room))),
    [summaryOf(map)],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join("\n")}\n`)
    .join("\n");
}

/** ` │…│ 1 cell = /128`. */
const SCALE_WIDTH = 18;

/** A power of two, so that each cell is a block. */
function cellsThatFit(room: number): number {
  return Math.min(128, Math.max(16, 2 ** Math.floor(Math.log2(Math.max(room, 16)))));
}

/** Neighbours of one kind get their colour together. */
function drawn(cells: readonly Cell[], paint: Paint): string {
  let text = "";
  for (let start = 0; start < cells.length;) {
    const cell = cells[start] ?? "free";
    let end = start + 1;
    while (cells[end] === cell) end += 1;
    const signs = SIGNS[cell].repeat(end - start);
    text += cell === "free" ? signs : paint(STYLES[cell], signs);
    start = end;
  }
  return text;
}

function scaleOf({ block }: Lane, amount: number): string {
  const length = Math.min(block.length + Math.log2(amount), block.address.family === 4 ? 32 : 128);
  return `1 cell = /${length}`;
}

function tableOf({ networks, automatic }: AddressMap, paint: Paint): string[] {
  const rows = [
    ...networks.map((network) => rowOf(network)),
    ...automatic.map(({ name, place }) => ["?", name, "automatic", place ?? "", "Docker picks its subnet"] as const),
  ].map((row) => row.map((cell) => printable(cut(cell, 400))));
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([sign = "", ...cells]) => {
    const aligned = cells.map((cell, column) => cell.padEnd(widths[column + 1] ?? 0)).join("  ");
    const isBad = sign === SIGNS.collision;
    return printableLineStart(`  ${isBad ? paint(STYLES.collision, sign) : sign} ${aligned}`.trimEnd());
  });
}

function rowOf(network: MapNetwork): readonly [string, string, string, string, string] {
  const { kind, name, range, place, collisions } = network;
  const sign =
    collisions.length > 0 ? SIGNS.collision : kind === "planned" ? SIGNS.planned : kind === "host" ? SIGNS.host : "✓";
  return [sign, name, formatRange(range), place ?? "", describeCollisions(network)];
}

function summaryOf({ networks, automatic }: AddressMap): string {
  const colliding = networks.filter(({ collisions }) => collisions.length > 0).length;
  const parts = [count(networks.length, "subnet"), `${automatic.length} automatic`, count(colliding, "collision")];
  return `drawn: ${parts.join(", ")}`;
}

function line(text: string): string {
  return printableLineStart(printable(text));
}
