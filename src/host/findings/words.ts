import { formatAddress } from "../../ipam/address.js";
import { formatPrefix } from "../../ipam/prefix.js";
import type { HostNetwork } from "../engine-networks.js";
import type { Route } from "../snapshot.js";
import type { ForbiddenOnHost } from "./finding.js";

/** Whose interfaces are called so. */
const OWNERS: readonly (readonly [RegExp, string])[] = [
  [/^virbr\d/, "libvirt"],
  [/^(?:podman|cni-podman)\d/, "Podman"],
  [/^(?:lxdbr|incusbr)\d/, "LXD or Incus"],
  [/^vboxnet\d/, "VirtualBox"],
  [/^vmnet\d/, "VMware"],
  [/^(?:cni|flannel|cali|cilium)/, "Kubernetes"],
  [/^(?:wg|nordlynx)/, "WireGuard"],
  [/^(?:tun|tap|utun|ppp|gpd|cscotun)\d/, "a VPN"],
  [/^tailscale/, "Tailscale"],
  [/^zt/, "ZeroTier"],
  [/^vEthernet \(WSL/, "WSL"],
];

/** `10.0.0.0/8 via 10.8.0.1 on tun0 (a VPN), table 220`. */
export function describeRoute(route: Route): string {
  const { to, type } = route;
  const destination = to.length === 0 ? "default" : formatPrefix(to);
  const way = describeWay(route);
  const separator = /^(?:table|metric)/.test(way) ? "," : "";
  return [type === "unicast" ? "" : type, `${destination}${separator}`, way].filter((part) => part !== "").join(" ");
}

/** The same without its destination. */
export function describeWay({ hops, table, metric }: Route): string {
  const ways = hops.map(({ device, gateway }) =>
    [gateway && `via ${formatAddress(gateway)}`, device !== undefined && `on ${describeDevice(device)}`]
      .filter(Boolean)
      .join(" "),
  );
  return [
    ...(ways.length > 0 ? [ways.join(" or ")] : []),
    ...(table === "main" || table === "local" ? [] : [`table ${table}`]),
    ...(metric > 0 ? [`metric ${metric}`] : []),
  ].join(", ");
}

export function describeDevice(device: string): string {
  const owner = OWNERS.find(([names]) => names.test(device))?.[1];
  return owner === undefined ? device : `${device} (${owner})`;
}

export function describeForbidden({ name, written, place }: ForbiddenOnHost): string {
  return name === undefined ? `${written} (${place})` : `"${name}", ${written} (${place})`;
}

export function subnetsOf({ subnets }: HostNetwork): string {
  return subnets.map(formatPrefix).join(", ");
}

/** The network, with where it comes from. */
export function originOf({ known, containers }: HostNetwork): string[] {
  if (!known) return ["Docker did not say which project it belongs to."];
  const { project, key } = known;
  if (project === undefined) return [];
  const files = filesOf(containers);
  const where = files.length > 0 ? `, ${files.join(", ")}` : "";
  return [`It is the network "${key ?? known.name}" of the Compose project "${project}"${where}.`];
}

export function filesOf(containers: HostNetwork["containers"]): readonly string[] {
  return containers.find(({ files }) => files.length > 0)?.files ?? [];
}

export function list(items: readonly string[], most = 6): string {
  const shown = items.slice(0, most).join(", ");
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
