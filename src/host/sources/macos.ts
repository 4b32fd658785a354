import { netstatRows } from "../../import/netstat.js";
import { parseAddress } from "../../ipam/address.js";
import { prefixOf } from "../../ipam/range.js";
import { readWritten } from "../../import/written-network.js";
import { isLoopback } from "./proc-net.js";
import type { NameServer, Route } from "../snapshot.js";

/** `netstat -rn` of macOS: one table, and no rules. */
export function routesFromNetstat(text: string): Route[] {
  return netstatRows(text).flatMap(({ written, gateway, device, leadsNowhere, flags }): Route[] => {
    const isIpv6 = written.includes(":") || (written === "default" && gateway.includes(":"));
    const range = readWritten(written === "default" && isIpv6 ? "::/0" : written);
    const to = range && prefixOf(range);
    if (!to) return [];
    const way = parseAddress(gateway.replace(/%.*/, ""));
    const isHost = flags.includes("H") && way.ok && isLoopback(way.value);
    return [
      {
        to,
        type: leadsNowhere ? "blackhole" : isHost ? "local" : "unicast",
        table: "main",
        metric: 0,
        isOnLink: !way.ok,
        typeOfService: undefined,
        from: undefined,
        source: undefined,
        hops: leadsNowhere ? [] : [{ device, gateway: way.ok ? way.value : undefined, isDead: false }],
      },
    ];
  });
}

/** `scutil --dns`. */
export function nameServersFromScutil(text: string): NameServer[] {
  const seen = new Set<string>();
  return [...text.matchAll(/^\s*nameserver\[\d+\]\s*:\s*(\S+)/gm)].flatMap(([, written = ""]): NameServer[] => {
    const address = parseAddress(written.replace(/%.*/, ""));
    if (!address.ok || isLoopback(address.value) || seen.has(written)) return [];
    seen.add(written);
    return [{ address: address.value, from: "scutil --dns" }];
  });
}
