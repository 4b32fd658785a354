import { success, type Result } from "../kit/result.js";
import { readCsv, type CsvFault } from "./csv.js";
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
    if (csv) return csv.ok ? { networks: csv.value.map(networkOf) } : { networks: [], fault: csv.fault };
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
function csvOf({ text, json }: ImportSource): Result<JsonRecord[], CsvFault> | undefined {
  const [first = ""] = text.split(/[\r\n]/, 1);
  if (json !== undefined || !/(?:^|[,;\t])\s*"?prefix"?\s*(?:[,;\t]|$)/i.test(first) || !/[,;\t]/.test(first))
    return undefined;
  const csv = readCsv(text);
  if (!csv.ok) return csv;
  const [header = [], ...rows] = csv.value;
  const names = header.map((name) => name.trim().toLowerCase());
  return success(rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""]))));
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
