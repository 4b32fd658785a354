import { readCsv } from "./csv.js";
import type { FoundNetwork, Importer, ImportSource } from "./importer.js";
import { isRecord, type JsonRecord, recordsIn, textAt } from "./json-values.js";

/** Prefixes of NetBox: the answer of `/api/ipam/prefixes/`, or a CSV export. */
export const netbox: Importer = {
  kind: "netbox",
  what: "prefixes of NetBox (JSON of the API, or CSV)",
  recognizes: (source) =>
    prefixesIn(source.json).some((prefix) => "prefix" in prefix && "status" in prefix) || csvOf(source) !== undefined,
  read(source) {
    const csv = csvOf(source);
    if (csv) return { networks: csv.map(networkOf) };
    const networks = prefixesIn(source.json).map(networkOf);
    const isPart = textAt(source.json, "next") !== undefined;
    const note = `The answer goes on: only the ${networks.length} prefixes of this page are here. Ask with ?limit=0.`;
    return { networks, notes: isPart ? [note] : [] };
  },
};

function prefixesIn(json: unknown): JsonRecord[] {
  return recordsIn(isRecord(json) ? json["results"] : json);
}

/** The rows by the names of their columns, in small letters. */
function csvOf({ text, json }: ImportSource): JsonRecord[] | undefined {
  if (json !== undefined || !/^[^\n]*\bprefix\b[^\n]*,|^[^\n]*,[^\n]*\bprefix\b/i.test(text)) return undefined;
  const [header = [], ...rows] = readCsv(text);
  const names = header.map((name) => name.trim().toLowerCase());
  if (!names.includes("prefix")) return undefined;
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""])));
}

function networkOf(prefix: JsonRecord): FoundNetwork {
  const status = textAt(prefix, "status", "value") ?? textAt(prefix, "status") ?? "";
  const role = textAt(prefix, "role", "name") ?? textAt(prefix, "role");
  const { id } = prefix;
  return {
    written: textAt(prefix, "prefix") ?? "",
    name: textAt(prefix, "description") ?? role,
    source: typeof id === "number" || typeof id === "string" ? `netbox:prefix/${id}` : "netbox",
    // 10.0.0.0/8 is a container in every NetBox: what it holds has entries of its own.
    dropped: status.toLowerCase() === "container" ? "a container of other prefixes" : undefined,
  };
}
