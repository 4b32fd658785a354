import { networkInterfaces } from "node:os";

import { parsePrefix } from "../../../ipam/prefix.js";
import { addressesFromIp, routesFromIp, rulesFromIp } from "../../../host/sources/ip-json.js";
import { nameServersFromResolvConf } from "../../../host/sources/resolv-conf.js";
import { peersFromProc, routesFromProc, routesFromProcIpv6 } from "../../../host/sources/proc-net.js";
import type { InterfaceAddress, Missing, NameServer, Peer, Route, Snapshot } from "../../../host/snapshot.js";
import type { Programs } from "./ask-program.js";
import { readSystemFile } from "./read-system-file.js";

export type HostPart = Pick<Snapshot, "routes" | "rules" | "addresses" | "nameServers" | "peers" | "missing">;

export async function askLinux(programs: Programs): Promise<HostPart> {
  const missing: Missing[] = [];
  const routing = (await routingFromIp(programs)) ?? routingFromProc(missing);
  return { ...routing, nameServers: nameServers(missing), peers: peers(missing), missing };
}

/** @returns undefined where there is no iproute2 that writes JSON. */
async function routingFromIp(
  programs: Programs,
): Promise<Pick<HostPart, "routes" | "rules" | "addresses"> | undefined> {
  const [routes4, routes6, rules4, rules6, addresses] = await Promise.all(
    [
      ["-j", "-4", "route", "show", "table", "all"],
      ["-j", "-6", "route", "show", "table", "all"],
      ["-j", "-4", "rule"],
      ["-j", "-6", "rule"],
      ["-j", "addr"],
    ].map((args) => programs.askJson("ip", args)),
  );
  if (routes4?.ok !== true || rules4?.ok !== true || addresses?.ok !== true) return undefined;
  // A kernel without IPv6 has no tables of it.
  return {
    routes: [...routesFromIp(routes4.value, 4), ...(routes6?.ok === true ? routesFromIp(routes6.value, 6) : [])],
    rules: [...rulesFromIp(rules4.value, 4), ...(rules6?.ok === true ? rulesFromIp(rules6.value, 6) : [])],
    addresses: addressesFromIp(addresses.value),
  };
}

function routingFromProc(missing: Missing[]): Pick<HostPart, "routes" | "rules" | "addresses"> {
  const addresses = ownAddresses();
  const ipv4 = readSystemFile("/proc/net/route");
  const ipv6 = readSystemFile("/proc/net/ipv6_route");
  if (!ipv4.ok) missing.push({ what: "routes", why: `iproute2 did not answer, and /proc/net/route ${ipv4.fault}` });
  else {
    const why = "iproute2 did not answer: install it, to see policy routing, as many VPN clients use it";
    missing.push({ what: "routing rules and tables other than main", why });
  }
  const routes = [
    ...(ipv4.ok ? routesFromProc(ipv4.value) : []),
    ...(ipv6.ok ? routesFromProcIpv6(ipv6.value) : []),
    ...addresses.map(localRoute),
  ];
  return { routes, rules: undefined, addresses };
}

/** The kernel keeps such a route for each address of the host. */
function localRoute({ device, address }: InterfaceAddress): Route {
  const { family } = address.address;
  return {
    to: { address: address.address, length: family === 4 ? 32 : 128 },
    type: "local",
    table: "local",
    metric: 0,
    isOnLink: false,
    typeOfService: undefined,
    from: undefined,
    source: undefined,
    hops: [{ device, gateway: undefined, isDead: false }],
  };
}

/** What Node knows without any program: the addresses of interfaces that are up. */
export function ownAddresses(): InterfaceAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([device, entries = []]) =>
    entries.flatMap(({ cidr }): InterfaceAddress[] => {
      const address = parsePrefix(cidr ?? "");
      return address.ok ? [{ device, address: address.value, isUp: true }] : [];
    }),
  );
}

function nameServers(missing: Missing[]): NameServer[] {
  const path = "/etc/resolv.conf";
  const text = readSystemFile(path);
  if (!text.ok) {
    missing.push({ what: "name servers", why: `${path} ${text.fault}` });
    return [];
  }
  const found = nameServersFromResolvConf(text.value, path);
  if (found.length > 0) return found;
  // Only systemd-resolved itself is named there: it knows whom it asks.
  const behind = "/run/systemd/resolve/resolv.conf";
  const resolved = readSystemFile(behind);
  return resolved.ok ? nameServersFromResolvConf(resolved.value, behind) : [];
}

function peers(missing: Missing[]): Peer[] {
  const texts = ["/proc/net/tcp", "/proc/net/tcp6"].map(readSystemFile);
  const read = texts.flatMap((text) => (text.ok ? peersFromProc(text.value) : []));
  if (texts[0]?.ok === false) missing.push({ what: "open connections", why: `/proc/net/tcp ${texts[0].fault}` });
  return read;
}
