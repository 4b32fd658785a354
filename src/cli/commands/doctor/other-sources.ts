import { nameServersFromScutil, routesFromNetstat } from "../../../host/sources/macos.js";
import { nameServersFromWindows, routesFromGetNetRoute } from "../../../host/sources/windows.js";
import type { Missing } from "../../../host/snapshot.js";
import type { Programs } from "./ask-program.js";
import { ownAddresses, type HostPart } from "./linux-sources.js";

export async function askMacos(programs: Programs): Promise<HostPart> {
  const missing: Missing[] = [];
  const [routes, dns] = await Promise.all([programs.ask("netstat", ["-rn"]), programs.ask("scutil", ["--dns"])]);
  if (!routes.ok) missing.push({ what: "routes", why: routes.fault });
  if (!dns.ok) missing.push({ what: "name servers", why: dns.fault });
  return {
    routes: routes.ok ? routesFromNetstat(routes.value) : [],
    rules: undefined,
    addresses: ownAddresses(),
    nameServers: dns.ok ? nameServersFromScutil(dns.value) : [],
    peers: [],
    missing: [...missing, CONNECTIONS],
  };
}

/** Nothing in it comes from outside. */
const ROUTES =
  "Get-NetRoute | Select-Object DestinationPrefix,NextHop,InterfaceAlias,RouteMetric,InterfaceMetric | ConvertTo-Json";
const DNS = "Get-DnsClientServerAddress | Select-Object InterfaceAlias,ServerAddresses | ConvertTo-Json";

export async function askWindows(programs: Programs): Promise<HostPart> {
  const missing: Missing[] = [];
  const [routes, dns] = await Promise.all(
    [ROUTES, DNS].map((command) =>
      programs.askJson("powershell", ["-NoProfile", "-NonInteractive", "-Command", command]),
    ),
  );
  if (routes?.ok === false) missing.push({ what: "routes", why: routes.fault });
  if (dns?.ok === false) missing.push({ what: "name servers", why: dns.fault });
  return {
    routes: routes?.ok === true ? routesFromGetNetRoute(routes.value) : [],
    rules: undefined,
    addresses: ownAddresses(),
    nameServers: dns?.ok === true ? nameServersFromWindows(dns.value) : [],
    peers: [],
    missing: [...missing, CONNECTIONS],
  };
}

const CONNECTIONS: Missing = { what: "open connections", why: "only Linux shows them without a program's help" };
