import { addTo } from "../kit/group.js";
import { stringify } from "yaml";
import { formatAddress, type AddressRange } from "../ipam/address.js";
import { formatPrefix } from "../ipam/prefix.js";
import { formatRange, prefixOf } from "../ipam/range.js";
import type { ImportReading } from "./importer.js";
import type { DroppedNetwork, KeptNetwork, Sifted } from "./sieve.js";

/** So many of one reason are named in the footer; of more, the number. */
const NAMED = 8;

/**
 * A whole forbidden-ranges file, fit for `extends`. A footer says what was dropped and why.
 *
 * @param what The kind of source, for people.
 */
export function importedPolicy(
  what: string,
  { kept, dropped }: Sifted,
  { extensions = [], notes = [] }: ImportReading,
): string {
  return [
    `# Imported by compose-networks import from ${what}.`,
    "version: 1",
    ...(extensions.length > 0 ? [`extends: ${JSON.stringify(extensions)}`] : []),
    ...(kept.length > 0 ? ["forbidden:", ...kept.flatMap(entryOf)] : ["forbidden: []"]),
    ...footerOf(dropped),
    ...notes.map((note) => `# ${note}`),
    "",
  ].join("\n");
}

function entryOf({ range, name, source }: KeptNetwork): string[] {
  const prefix = prefixOf(range);
  const [key, written] = prefix
    ? ["cidr", formatPrefix(prefix)]
    : ["range", `${formatAddress(range.first)}-${formatAddress(range.last)}`];
  const title = oneLine(name ?? "");
  return [
    `  - ${key}: ${scalar(written)}`,
    ...(title === "" ? [] : [`    name: ${scalar(title)}`]),
    `    source: ${scalar(oneLine(source))}`,
  ];
}

function footerOf(dropped: readonly DroppedNetwork[]): string[] {
  if (dropped.length === 0) return [];
  const byReason = new Map<string, DroppedNetwork[]>();
  for (const network of dropped) addTo(byReason, network.why, network);
  return [
    "# Dropped:",
    ...[...byReason].map(([why, networks]) => {
      const named = networks.slice(0, NAMED).map(({ range, source }) => oneLine(describe(range, source)));
      const more = networks.length > NAMED ? `, and ${networks.length - NAMED} more` : "";
      return `#   ${why}: ${named.join(", ")}${more}`;
    }),
  ];
}

function describe(range: AddressRange | undefined, source: string): string {
  return range ? `${formatRange(range)} (${source})` : `an entry of ${source}`;
}

function scalar(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}

/** Without control characters and signs that turn text around: names come from strangers. */
function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
}
