import type { FoundNetwork, Importer } from "./importer.js";
import { type JsonRecord, recordsIn, textAt } from "./json-values.js";

/** Types of routes that ip-route(8) lists and that lead to no network. */
const NO_WAY: ReadonlyMap<string, string> = new Map([
  ["local", "an address of this machine"],
  ["anycast", "an address of this machine"],
  ["broadcast", "a broadcast address"],
  ["multicast", "multicast"],
  ...["blackhole", "unreachable", "prohibit", "throw"].map((type): [string, string] => [type, "leads nowhere"]),
]);

/** Why a type of route is nothing to forbid; undefined for one that leads somewhere. */
export function leadsNowhere(type: string): string | undefined {
  return NO_WAY.get(type);
}

/** `ip -j route`, of one table or all, with `-6` or not. */
export const ipRoute: Importer = {
  kind: "ip-route",
  what: "ip -j route (Linux)",
  recognizes: ({ json }) => recordsIn(json).some(({ dst, flags }) => typeof dst === "string" && Array.isArray(flags)),
  read: ({ json }) => ({ networks: recordsIn(json).flatMap(networksOf) }),
};

function networksOf(route: JsonRecord): FoundNetwork[] {
  const written = textAt(route, "dst");
  if (written === undefined) return [];
  const devices = [route, ...recordsIn(route["nexthops"])].flatMap((hop) => textAt(hop, "dev") ?? []);
  const type = textAt(route, "type");
  return [
    {
      written,
      source: `ip-route:${devices.join("+") || (type ?? "")}`.replace(/:$/, ""),
      device: devices[0],
      dropped: type === undefined ? undefined : leadsNowhere(type),
    },
  ];
}
