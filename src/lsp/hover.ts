import type { Hover } from "vscode-languageserver";

import { explicitSubnets, type Network } from "../compose/project/network.js";
import { describeUnknown } from "../compose/read/scalar-text.js";
import { formatPrefix, rangeOf, type Prefix } from "../ipam/prefix.js";
import { formatRange } from "../ipam/range.js";
import { cut, printable } from "../kit/printable.js";
import { describeAddressing } from "../remedy/describe-addressing.js";
import { plannedSubnet } from "../remedy/planned-subnet.js";
import { nameRange, originOfRange, showPlace } from "../remedy/wording.js";
import type { ProjectView } from "../workspace/view.js";
import type { NetworkAt } from "./network-at.js";
import type { MarkedLines } from "./text-lines.js";

/** So many of a kind are named. */
const MOST_NAMED = 5;

type Row = readonly [name: string, value: string];

/** What the engine makes of a network, and who else has a say in its addresses. */
export function hoverOn({ view, network, span }: NetworkAt, lines: MarkedLines, readsMarkdown: boolean): Hover {
  const rows = rowsOf(view, network).map(([name, value]): Row => [name, printable(value)]);
  const title = printable(`network "${cut(network.key)}"`);
  const value = readsMarkdown
    ? [`**${escaped(title)}**`, "", ...rows.map(([name, text]) => `- ${name}: ${escaped(text)}`)].join("\n")
    : [title, ...rows.map(([name, text]) => `${name}: ${text}`)].join("\n");
  return { contents: { kind: readsMarkdown ? "markdown" : "plaintext", value }, range: lines.rangeOf(span) };
}

function rowsOf(view: ProjectView, network: Network): Row[] {
  const { shownName, shownDriver, existence, ipv4, ipv6, services } = network;
  const isExternal = existence.kind === "external";
  const subnets = explicitSubnets(network);
  return [
    ["Name in the engine", isExternal ? `${cut(shownName)} (external: it must exist already)` : cut(shownName)],
    ...(isExternal
      ? []
      : [
          ["Driver", shownDriver] as const,
          ["IPv4", describeAddressing(ipv4, network, plannedSubnet(view, network, 4), view)] as const,
          ...(ipv6.mode === "disabled"
            ? []
            : [["IPv6", describeAddressing(ipv6, network, plannedSubnet(view, network, 6), view)] as const]),
        ]),
    ...subnets.map(({ at, prefix }): Row => [`${formatPrefix(prefix)} is set in`, showPlace(at, view)]),
    ...subnets.flatMap(({ prefix }) => rowsOfSubnet(view, network, prefix)),
    ...usersOf(existence, services),
    ...declarationsElsewhere(view, network),
  ];
}

function usersOf(existence: Network["existence"], services: readonly string[]): Row[] {
  const joined = listed(services.map((service) => cut(service)));
  switch (existence.kind) {
    case "created":
    case "external":
      return [["Services", joined || "none"]];
    case "unused":
      return [["Services", "none, so Compose does not create it"]];
    case "unknown":
      return [["Services", `${joined || "none here"} (${describeUnknown(existence.because)})`]];
  }
}

function rowsOfSubnet(view: ProjectView, network: Network, prefix: Prefix): Row[] {
  if (view.reading.kind !== "policy") return [];
  const range = rangeOf(prefix);
  const hits = view.reading.scoped.enforced.overlappingEntries(range).map(({ value }) => value);
  const own = `network "${network.key}" of ${view.display(network.place.source.path)}`;
  const others = view.wholeWorkspace
    .plan()
    .holdersIn(range)
    .filter(({ kind, by }) => (kind === "written" || kind === "planned") && by !== own)
    .map(({ kind, by, range: held }) => `${by}, ${kind === "planned" ? "planned " : ""}${formatRange(held)}`);
  return [
    ...[...new Set(hits)]
      .slice(0, MOST_NAMED)
      .map((hit): Row => ["Forbidden range", `${nameRange(hit)} (${originOfRange(hit, view)})`]),
    ...(others.length > 0 ? [["Also held by", listed(others)] as const] : []),
  ];
}

/** Other files that declare the same network of the engine. */
function declarationsElsewhere(view: ProjectView, network: Network): Row[] {
  const found = view.wholeWorkspace.engineNetworks().of(view.project, network);
  const places = (found?.declarations ?? [])
    .filter(({ network: other }) => other.place.source.path !== network.place.source.path)
    .map(({ network: other }) => showPlace(other.place, view));
  return places.length > 0 ? [["Also declared in", listed([...new Set(places)])]] : [];
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  return `${texts.slice(0, MOST_NAMED).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** What a file says must not become a link, a picture or a command in the editor. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~$&]/g, String.raw`\$&`);
}
