import { explicitSubnets, type Existence, type Network } from "../../compose/project/network.js";
import { describeUnknown } from "../../compose/read/scalar-text.js";
import { plannedSubnet } from "../../remedy/planned-subnet.js";
import { showPlace } from "../../remedy/wording.js";
import { describeAddressing } from "../../remedy/describe-addressing.js";
import { shownPath } from "../../workspace/files/paths.js";
import type { ProjectView } from "../../workspace/view.js";
import { describeRoom, roomFor } from "./room.js";
import { count } from "../terminal/count.js";
import type { Paint } from "../terminal/paint.js";
import { cut, cutQuotes, printable, printableLineStart } from "../terminal/printable.js";

const HEADINGS = ["network", "name", "driver", "IPv4", "IPv6", "services", "written at"];

/** A table for each project, and the counts. */
export function listAsText(views: readonly ProjectView[], cwd: string, paint: Paint): string {
  const tables = views.map((view) => `${tableOf(view, cwd, paint)}\n\n`);
  const networks = views.reduce((sum, { project }) => sum + project.networks.length, 0);
  return `${tables.join("")}${notesOnNames(views, cwd)}${describeRoom(roomFor(views))}listed ${count(views.length, "project")}, ${count(networks, "network")}\n`;
}

/** Directories that are called alike: two projects to people, and one to Compose. */
function notesOnNames(views: readonly ProjectView[], cwd: string): string {
  const directories = new Map<string, Set<string>>();
  const included = new Set(views.flatMap(({ project }) => project.included.map(({ source }) => source.path)));
  for (const { project } of views) {
    // What is started along with another file has the name of that one's directory.
    const isPart = project.fragment !== undefined || project.main.every(({ source }) => included.has(source.path));
    if (project.named || isPart) continue;
    const known = directories.get(project.name) ?? new Set();
    directories.set(project.name, known.add(shownPath(cwd, project.directory)));
  }
  const notes = [...directories].flatMap(([name, places]) => {
    if (places.size < 2) return [];
    const shown = [...places].slice(0, MOST_DIRECTORIES).join(", ");
    const more = places.size - MOST_DIRECTORIES;
    return [
      `note: ${shown}${more > 0 ? ` and ${more} more` : ""} are all project "${name}" to Compose; on one host, tell them apart with name: or -p`,
    ];
  });
  const lines = notes.map((note) => `${printableLineStart(printable(note))}\n`);
  return lines.length > 0 ? `${lines.join("")}\n` : "";
}

const MOST_DIRECTORIES = 3;

function tableOf(view: ProjectView, cwd: string, paint: Paint): string {
  const { shownName, files, networks } = view.project;
  const from = files.map(({ source }) => shownPath(cwd, source.path)).join(", ");
  const title = `${paint("bold", printableLineStart(printable(shownName)))}  ${from}`;
  if (networks.length === 0) return `${title}\n  no networks`;
  const rows = networks.map((network) => cellsOf(network, view).map((cell) => printable(cutQuotes(cell))));
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const align = (cells: readonly string[]): string =>
    printableLineStart(`  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
  return [title, paint("dim", align(HEADINGS)), ...rows.map(align)].join("\n");
}

function cellsOf(network: Network, view: ProjectView): string[] {
  const { key, shownName, implicit, existence, shownDriver, ipv4, ipv6, services } = network;
  const about =
    existence.kind === "external"
      ? ["", "", ""]
      : [
          shownDriver,
          describeAddressing(ipv4, network, plannedSubnet(view, network, 4), view),
          describeAddressing(ipv6, network, plannedSubnet(view, network, 6), view),
        ];
  return [
    implicit ? `${key} (implicit)` : cut(key),
    cut(shownName),
    ...about,
    showUse(existence, services),
    showPlaces(network, view),
  ];
}

function showPlaces(network: Network, view: ProjectView): string {
  const subnets = explicitSubnets(network).map(({ at }) => showPlace(at, view));
  const place = showPlace(network.place, view);
  return subnets.length === 0 ? place : `${place}, ${subnets.length > 1 ? "subnets" : "subnet"} ${subnets.join(", ")}`;
}

function showUse(existence: Existence, services: readonly string[]): string {
  const joined = services.map((service) => cut(service)).join(", ");
  switch (existence.kind) {
    case "created":
      return joined;
    case "external":
      return joined ? `${joined} (external, must exist already)` : "none (external, must exist already)";
    case "unused":
      return "none, so it is not created";
    case "unknown":
      return `${joined || "none here"} (${describeUnknown(existence.because)})`;
  }
}
