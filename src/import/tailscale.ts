import type { FoundNetwork, Importer } from "./importer.js";
import { isRecord, type JsonRecord, textAt, textsIn, valueAt } from "./json-values.js";

/** `tailscale status --json`: the subnets that machines of the tailnet route, and the tailnet itself. */
export const tailscale: Importer = {
  kind: "tailscale",
  what: "tailscale status --json",
  recognizes: ({ json }) => isRecord(valueAt(json, "Self")) && Array.isArray(valueAt(json, "Self", "TailscaleIPs")),
  read({ json }) {
    const peers = valueAt(json, "Peer");
    const machines = [valueAt(json, "Self"), ...(isRecord(peers) ? Object.values(peers) : [])].filter(isRecord);
    return { networks: machines.flatMap(networksOf), extensions: ["builtin:tailscale"] };
  },
};

function networksOf(machine: JsonRecord): FoundNetwork[] {
  const own = textsIn(machine["TailscaleIPs"]);
  const routes = new Set(["PrimaryRoutes", "AllowedIPs"].flatMap((key) => textsIn(machine[key])));
  return [...routes]
    .filter((route) => !own.includes(route.replace(/\/(?:32|128)$/, "")))
    .map((written) => ({ written, source: `tailscale:${textAt(machine, "HostName") ?? ""}` }));
}
