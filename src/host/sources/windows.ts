import { isRecord, recordsIn, textAt, type JsonRecord } from "../../import/json-values.js";
import { parseAddress, type Address } from "../../ipam/address.js";
import { maskPrefix, parsePrefix } from "../../ipam/prefix.js";
import { isLoopback } from "./proc-net.js";
import type { NameServer, Route } from "../snapshot.js";

/** `Get-NetRoute | ConvertTo-Json`. The metric of a route and that of its interface are added. */
export function routesFromGetNetRoute(json: unknown): Route[] {
  return entriesOf(json).flatMap((entry): Route[] => {
    const to = parsePrefix(textAt(entry, "DestinationPrefix") ?? "");
    if (!to.ok) return [];
    const way = addressFrom(textAt(entry, "NextHop"));
    const isOnLink = way === undefined || way.value === 0n;
    const isMulticast = /^(?:224\.|255\.255\.255\.255|ff)/i.test(textAt(entry, "DestinationPrefix") ?? "");
    return [
      {
        to: maskPrefix(to.value),
        type: isMulticast ? "multicast" : "unicast",
        table: "main",
        metric: numberAt(entry, "RouteMetric") + numberAt(entry, "InterfaceMetric"),
        isOnLink,
        typeOfService: undefined,
        from: undefined,
        source: undefined,
        hops: [{ device: textAt(entry, "InterfaceAlias"), gateway: isOnLink ? undefined : way, isDead: false }],
      },
    ];
  });
}

/** `Get-DnsClientServerAddress | ConvertTo-Json`. */
export function nameServersFromWindows(json: unknown): NameServer[] {
  const seen = new Set<string>();
  return entriesOf(json).flatMap((entry) => {
    const servers = entry["ServerAddresses"];
    return (Array.isArray(servers) ? servers : [servers]).flatMap((written: unknown): NameServer[] => {
      const address = typeof written === "string" ? addressFrom(written) : undefined;
      if (!address || isLoopback(address) || typeof written !== "string" || seen.has(written)) return [];
      seen.add(written);
      return [{ address, from: textAt(entry, "InterfaceAlias") ?? "Windows" }];
    });
  });
}

/** A single entry is no list. */
function entriesOf(json: unknown): JsonRecord[] {
  return isRecord(json) ? [json] : recordsIn(json);
}

function numberAt(entry: JsonRecord, key: string): number {
  const value = entry[key];
  return typeof value === "number" ? value : 0;
}

function addressFrom(written = ""): Address | undefined {
  const address = parseAddress(written.replace(/%.*/, ""));
  return address.ok ? address.value : undefined;
}
