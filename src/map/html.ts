import { formatRange } from "../ipam/range.js";
import { rangeOf } from "../ipam/prefix.js";
import type { AddressRange } from "../ipam/address.js";
import type { AddressMap, MapNetwork } from "./address-map.js";
import { collisionRanges } from "./collisions.js";
import { escapeXml } from "./escape.js";
import { endsOf, LANE_UNITS, laneShapes, titleOfLane } from "./lane-svg.js";
import { lanesOf, type Lane } from "./lanes.js";
import { PAGE_SCRIPT } from "./page-script.js";
import { HATCH, MAP_STYLE } from "./style.js";
import { describeCollisions, describeRoom, LEGEND } from "./words.js";

/** One page in one file. It can be read without its script, printed, and used with the keyboard alone. */
export function mapAsHtml(map: AddressMap): string {
  const collisions = collisionRanges(map);
  const colliding = map.networks.filter((network) => network.collisions.length > 0).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Address map</title>
<style>${MAP_STYLE}${PAGE_STYLE}</style>
</head>
<body>
<svg width="0" height="0" aria-hidden="true" class="defs"><defs>${HATCH}</defs></svg>
<header>
<h1>Address map</h1>
<p>${map.networks.length} subnets, ${map.automatic.length} automatic, <strong class="${colliding > 0 ? "bad" : "good"}">${colliding} in collision</strong></p>
<p class="legend">${legend()}</p>
<p class="tools"><label>Search <input id="search" type="search" placeholder="name, subnet or file"></label> <span id="found" role="status"></span></p>
<p class="hint">Click a range to enlarge it. On a lane: + and − zoom, arrows move, Esc shows all.</p>
</header>
<main>
${lanesOf(map)
  .map((lane) => laneFigure(lane, collisions))
  .join("\n")}
<table>
<caption>Networks</caption>
<thead><tr><th scope="col">network</th><th scope="col">subnet</th><th scope="col">kind</th><th scope="col">written at</th><th scope="col">collision</th></tr></thead>
<tbody>
${[...map.networks.map(networkRow), ...map.automatic.map(({ name, place }) => row([escapeXml(name), "automatic", "Docker picks its subnet", escapeXml(place ?? ""), ""], ""))].join("\n")}
</tbody>
</table>
${map.rooms.length > 0 ? `<h2>Free</h2>\n<ul>${map.rooms.map((room) => `<li>${escapeXml(describeRoom(room))}</li>`).join("")}</ul>` : ""}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function laneFigure(lane: Lane, collisions: readonly AddressRange[]): string {
  const { first, last } = rangeOf(lane.block);
  const [start, end] = endsOf(lane);
  const title = escapeXml(titleOfLane(lane));
  return `<figure class="${lane.isZoomed ? "inner" : "outer"}">
<figcaption><span>${title}</span> <button type="button">show all</button></figcaption>
<svg class="lane" viewBox="0 0 ${LANE_UNITS.width} ${LANE_UNITS.height}" preserveAspectRatio="none" tabindex="0" role="group" aria-label="${title}" data-family="${first.family}" data-first="${first.value}" data-size="${last.value - first.value + 1n}">${laneShapes(lane, collisions)}</svg>
<p class="ends"><span class="end">${start}</span><span class="end">${end}</span></p>
</figure>`;
}

function networkRow(network: MapNetwork): string {
  const { kind, name, range, place } = network;
  const subnet = formatRange(range);
  const button = `<button type="button" class="find" data-subnet="${escapeXml(subnet)}">${escapeXml(name)}</button>`;
  const collision = escapeXml(describeCollisions(network));
  return row(
    [button, subnet, LEGEND[kind], escapeXml(place ?? ""), collision === "" ? "" : `✗ ${collision}`],
    collision === "" ? "" : "bad",
  );
}

function row(cells: readonly string[], className: string): string {
  return `<tr${className === "" ? "" : ` class="${className}"`}>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function legend(): string {
  return Object.entries(LEGEND)
    .map(
      ([kind, words]) =>
        `<span class="entry"><svg width="16" height="12" aria-hidden="true"><rect class="${kind}" width="16" height="12"/></svg> ${words}</span>`,
    )
    .join(" ");
}

const PAGE_STYLE = `
body{margin:1.5rem auto;padding:0 1rem;max-width:75rem;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem}
header p{margin:.3rem 0}.hint,.ends,#found{color:var(--faint);font-size:.85rem}
.bad{color:var(--collision)}.good{color:var(--host)}
.defs{position:absolute}
.entry{display:inline-block;margin-right:1rem;white-space:nowrap}
input{font:inherit;padding:.2rem .5rem;min-width:14rem;max-width:100%;box-sizing:border-box}
figure{margin:1rem 0}figure.inner{margin-left:1.5rem}
figcaption{font-weight:600;display:flex;gap:1rem;align-items:baseline}
figcaption button{display:none;font-size:.8rem}figure.zoomed figcaption button{display:inline-block}
svg.lane{display:block;width:100%;height:2.8rem;border:1px solid var(--line);cursor:zoom-in;box-sizing:border-box}
svg.lane:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid var(--explicit);outline-offset:2px}
.ends{display:flex;justify-content:space-between;margin:0}
rect.dim{opacity:.15}
main{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin-top:1.5rem}
caption{text-align:left;font-weight:600;font-size:1.1rem}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td:nth-child(2),td:nth-child(3){white-space:nowrap}td:nth-child(5){min-width:12rem}
button.find{font:inherit;border:0;background:none;color:var(--explicit);padding:0;cursor:pointer;text-align:left;text-decoration:underline}
@media (max-width:40rem){figure.inner{margin-left:0}td:nth-child(3),th:nth-child(3){display:none}}
@media print{body{max-width:none;margin:0}.tools,.hint,figcaption button{display:none!important}figure,tr{break-inside:avoid}}
`;
