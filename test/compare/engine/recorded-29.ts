import type { Answer } from "./ask.js";
import type { NetworkDefinition } from "./network-case.js";

/** What Docker Engine 29.7.2 answered when it was asked by hand: Debian does not package it yet. */
export const RECORDED_29: readonly { readonly definition: NetworkDefinition; readonly answer: Answer }[] = [
  created({ ipam: { config: [{}] } }),
  created({ ipam: { config: [{ subnet: "" }] } }),
  created({ ipam: { config: [{ subnet: "0.0.0.0/0" }] } }),
  created({ ipam: { config: [{ subnet: "0.0.0.0/24" }] } }),
  created({ enable_ipv6: true, ipam: { config: [{ subnet: "::/64" }] } }),
  created({ enable_ipv6: true }),
  created({ ipam: { config: [{ subnet: "10.7.0.0/24" }] } }),
  created({ ipam: { config: [{ subnet: "10.7.0.0/24" }, { subnet: "fd00::5/64" }] } }),
  created({ ipam: { config: [{ subnet: "10.7.0.0/24", ip_range: "10.7.0.128/25" }] } }),
  refused(
    { ipam: { config: [{ gateway: "10.7.0.1" }] } },
    "invalid gateway 10.7.0.1: parent subnet invalid Prefix doesn't contain this address",
  ),
  refused({ ipam: { config: [{ subnet: "10.7.0.5/24" }] } }, "invalid subnet 10.7.0.5/24: it should be 10.7.0.0/24"),
  refused({ ipam: { config: [{ subnet: "foo" }] } }, "invalid JSON: netip.ParsePrefix(\"foo\"): no '/'"),
  refused(
    { ipam: { config: [{ subnet: "10.7.0.0/24", gateway: "10.7.0.1/24" }] } },
    'invalid JSON: ParseAddr("10.7.0.1/24"): unexpected character (at "/24")',
  ),
  refused(
    { ipam: { config: [{ subnet: "10.7.0.0/24", gateway: "10.8.0.1" }] } },
    "invalid gateway 10.8.0.1: parent subnet 10.7.0.0/24 doesn't contain this address",
  ),
  refused(
    { ipam: { config: [{ subnet: "10.7.0.0/24", gateway: "10.7.0.255" }] } },
    "failed to allocate gateway (10.7.0.255): Address already in use",
  ),
  refused({ enable_ipv4: false }, "IPv4 or IPv6 must be enabled"),
];

function created(definition: NetworkDefinition) {
  return { definition, answer: { kind: "created" } as const };
}

function refused(definition: NetworkDefinition, message: string) {
  return { definition, answer: { kind: "refused", message } as const };
}
