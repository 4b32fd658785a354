import type { AddressMap } from "./address-map.js";
import { collisionRanges } from "./collisions.js";
import { escapeXml } from "./escape.js";
import { endsOf, LANE_UNITS, laneShapes, titleOfLane } from "./lane-svg.js";
import { lanesOf } from "./lanes.js";
import { HATCH, MAP_STYLE } from "./style.js";
import { describeCollisions, LEGEND } from "./words.js";

const MARGIN = 20;
const LANE_HEIGHT = 84;
const HEAD = 60;
const WIDTH = LANE_UNITS.width + 2 * MARGIN;

/** One picture that needs nothing else: no script, no font, no request. */
export function mapAsSvg(map: AddressMap): string {
  const lanes = lanesOf(map);
  const collisions = collisionRanges(map);
  const colliding = map.networks.filter((network) => network.collisions.length > 0);
  const foot = HEAD + lanes.length * LANE_HEIGHT;
  const height = foot + colliding.length * 18 + MARGIN;
  const drawn = lanes.map((lane, index) => {
    const [first, last] = endsOf(lane);
    const top = HEAD + index * LANE_HEIGHT;
    return [
      `<g transform="translate(${MARGIN} ${top})" role="img" aria-label="${escapeXml(titleOfLane(lane))}">`,
      `<text class="title" y="-6">${escapeXml(titleOfLane(lane))}</text>`,
      `<rect class="ground" width="${LANE_UNITS.width}" height="${LANE_UNITS.height}"/>`,
      laneShapes(lane, collisions),
      `<text class="end" y="54">${first}</text>`,
      `<text class="end" x="${LANE_UNITS.width}" y="54" text-anchor="end">${last}</text>`,
      "</g>",
    ].join("");
  });
  const notes = colliding.map(
    (network, index) =>
      `<text class="note" x="${MARGIN}" y="${foot + index * 18}">✗ ${escapeXml(`${network.name} ${describeCollisions(network)}`)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="map-title">
<title id="map-title">Address map: ${map.networks.length} subnets, ${colliding.length} in collision</title>
<style>${MAP_STYLE}svg{background:var(--paper)}text{fill:var(--ink);font:12px system-ui,sans-serif}.title{font-weight:600;font-size:13px}.end{fill:var(--faint);font-size:11px}.note{fill:var(--collision)}.ground{fill:none;stroke:var(--line)}</style>
<defs>${HATCH}</defs>
${legend()}
${drawn.join("\n")}
${notes.join("\n")}
</svg>
`;
}

function legend(): string {
  let x = MARGIN;
  const entries = Object.entries(LEGEND).map(([kind, words]) => {
    const entry = `<rect class="${kind}" x="${x}" y="14" width="14" height="12"/><text x="${x + 20}" y="25">${escapeXml(words)}</text>`;
    x += 20 + words.length * 7 + 24;
    return entry;
  });
  return entries.join("");
}
