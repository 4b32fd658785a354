import type { FoundNetwork, Importer } from "./importer.js";
import { type JsonRecord, recordsIn, textAt, valueAt } from "./json-values.js";
import { leadsNowhere } from "./ip-route.js";

/** What tells a snapshot of `doctor` from any other JSON. */
export const SNAPSHOT_KIND = "compose-networks host snapshot";

/** A file of `doctor --save`: the routes and addresses of that host. Its Docker networks are Docker's own. */
export const doctorSnapshot: Importer = {
  kind: "doctor",
  what: "a snapshot of compose-networks doctor --save",
  recognizes: ({ json }) => valueAt(json, "kind") === SNAPSHOT_KIND,
  read: ({ json }) => ({
    networks: [
      ...recordsIn(valueAt(json, "routes")).flatMap(routeOf),
      ...recordsIn(valueAt(json, "addresses")).flatMap(addressOf),
    ],
  }),
};

function routeOf(route: JsonRecord): FoundNetwork[] {
  const written = textAt(route, "to");
  if (written === undefined) return [];
  const device = recordsIn(route["hops"]).flatMap((hop) => textAt(hop, "device") ?? [])[0];
  const type = textAt(route, "type");
  const source = `doctor:${device ?? type ?? ""}`;
  return [{ written, source, device, dropped: type === undefined ? undefined : leadsNowhere(type) }];
}

function addressOf(entry: JsonRecord): FoundNetwork[] {
  const written = textAt(entry, "address");
  const device = textAt(entry, "device");
  return written === undefined ? [] : [{ written, source: `doctor:${device ?? ""}`, device }];
}
