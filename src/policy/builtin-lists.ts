import { readNetwork } from "./schema/network-notation.js";
import type { ForbiddenRange } from "./policy.js";

/** One network that a built-in list forbids. */
export interface BuiltinNetwork {
  readonly network: string;
  readonly name: string;
  /** Where it is documented, or what makes it well known. */
  readonly source: string;
}

/*
 * Only networks that a product or a standard fixes, or that it takes unless somebody changes it.
 * A range that differs between two installations of the same thing belongs in the user's own file.
 */
const BUILTIN_LISTS: ReadonlyMap<string, readonly BuiltinNetwork[]> = new Map([
  [
    "tailscale",
    [
      { network: "100.64.0.0/10", name: "Tailscale IPv4", source: "net/tsaddr in the source of Tailscale" },
      { network: "fd7a:115c:a1e0::/48", name: "Tailscale IPv6", source: "net/tsaddr in the source of Tailscale" },
    ],
  ],
  ["cgnat", [{ network: "100.64.0.0/10", name: "carrier-grade NAT", source: "RFC 6598" }]],
  [
    "link-local",
    [
      { network: "169.254.0.0/16", name: "IPv4 link-local, cloud metadata", source: "RFC 3927" },
      { network: "fe80::/10", name: "IPv6 link-local", source: "RFC 4291" },
    ],
  ],
  ["libvirt", [{ network: "192.168.122.0/24", name: "libvirt network default", source: "default.xml of libvirt" }]],
  ["docker-desktop", [{ network: "192.168.65.0/24", name: "Docker Desktop VM", source: "settings of Docker Desktop" }]],
  ["minikube", [{ network: "192.168.49.0/24", name: "minikube with the docker driver", source: "minikube handbook" }]],
  ["kind", [{ network: "fc00:f853:ccd:e793::/64", name: "kind, IPv6", source: "source of kind, docker network kind" }]],
  [
    "k3s",
    [
      { network: "10.42.0.0/16", name: "k3s pods", source: "k3s server --cluster-cidr" },
      { network: "10.43.0.0/16", name: "k3s services", source: "k3s server --service-cidr" },
    ],
  ],
  [
    "kubeadm",
    [
      { network: "10.244.0.0/16", name: "Kubernetes pods (flannel)", source: "kube-flannel.yml of flannel" },
      { network: "10.96.0.0/12", name: "Kubernetes services", source: "kubeadm init --service-cidr" },
    ],
  ],
  ["openvpn", [{ network: "10.8.0.0/24", name: "OpenVPN clients", source: "sample server.conf of OpenVPN" }]],
  ["aws-default-vpc", [{ network: "172.31.0.0/16", name: "AWS default VPC", source: "Amazon VPC user guide" }]],
  ["wifionice", [{ network: "172.18.0.0/16", name: "WIFIonICE", source: "Wi-Fi on board of Deutsche Bahn trains" }]],
  ["virtualbox", [{ network: "192.168.56.0/21", name: "VirtualBox host-only", source: "VirtualBox user manual" }]],
  [
    "home-routers",
    [
      { network: "192.168.0.0/24", name: "home router", source: "factory setting of many D-Link, Netgear, TP-Link" },
      { network: "192.168.1.0/24", name: "home router", source: "factory setting of many ASUS, Linksys, OpenWrt" },
      { network: "192.168.2.0/24", name: "home router", source: "factory setting of many Belkin, Speedport" },
      { network: "192.168.178.0/24", name: "home router", source: "factory setting of FRITZ!Box" },
    ],
  ],
]);

export const BUILTIN_NAMES: readonly string[] = [...BUILTIN_LISTS.keys()];

/** The networks of a built-in list as they are kept, or none when there is no such list. */
export function builtinNetworks(name: string): readonly BuiltinNetwork[] {
  return BUILTIN_LISTS.get(name) ?? [];
}

/** The ranges of a built-in list; their file is `builtin:NAME`, one line for each network. */
export function builtinRanges(name: string): ForbiddenRange[] {
  return builtinNetworks(name).flatMap(({ network, name: title, source }, index): ForbiddenRange[] => {
    const range = readNetwork(network);
    if (!range.ok) return [];
    const location = { file: `builtin:${name}`, line: index + 1, column: 1, range: [0, 0] } as const;
    return [{ ranges: [range.value], written: network, name: title, source, severity: "error", location }];
  });
}
