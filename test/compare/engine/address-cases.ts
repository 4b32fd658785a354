import { freshRanges } from "./fresh-ranges.js";
import type { NetworkDefinition, PoolDefinition } from "./network-case.js";

/** A service that asks for an address on a network. */
export interface AddressCase {
  readonly name: string;
  readonly definition: NetworkDefinition;
  readonly attachment: { readonly ipv4_address?: string; readonly ipv6_address?: string };
}

const HOSTS = ["0", "1", "2", "9", "127", "128", "129", "254", "255"];

/** Every address that an engine may keep to itself, on pools of every shape, and addresses that can't be had at all. */
export function addressCases(firstIndex: number): AddressCase[] {
  let index = firstIndex;
  const shapes: readonly [string, (v4: string) => PoolDefinition][] = [
    ["a subnet", (v4) => ({ subnet: `${v4}0/24` })],
    ["half a subnet", (v4) => ({ subnet: `${v4}0/25` })],
    ["a subnet with a gateway", (v4) => ({ subnet: `${v4}0/24`, gateway: `${v4}9` })],
    ["a subnet with a range", (v4) => ({ subnet: `${v4}0/24`, ip_range: `${v4}128/25` })],
    ["a subnet with an auxiliary address", (v4) => ({ subnet: `${v4}0/24`, aux_addresses: { host: `${v4}9` } })],
  ];
  const ipv4 = shapes.flatMap(([shape, pool]) =>
    HOSTS.map((host): AddressCase => {
      const { v4 } = freshRanges(index++);
      const definition = { ipam: { config: [pool(v4)] } };
      return { name: `address ${host} of ${shape}`, definition, attachment: { ipv4_address: `${v4}${host}` } };
    }),
  );
  const ipv6 = ["", "1", "2", "ffff"].map((host): AddressCase => {
    const { v4, v6 } = freshRanges(index++);
    const config = [{ subnet: `${v4}0/24` }, { subnet: `${v6}:/64` }];
    const attachment = { ipv6_address: `${v6}:${host}` };
    return { name: `IPv6 address …::${host}`, definition: { enable_ipv6: true, ipam: { config } }, attachment };
  });
  const { v4, v6 } = freshRanges(index++);
  const pinned: NetworkDefinition = { ipam: { config: [{ subnet: `${v4}0/24` }] } };
  return [
    ...ipv4,
    ...ipv6,
    { name: "an IPv6 address without IPv6", definition: pinned, attachment: { ipv6_address: `${v6}:9` } },
    { name: "an address that Docker may choose", definition: {}, attachment: { ipv4_address: "172.18.0.9" } },
    ...["foo", "10.1.2", "10.1.2.3", "fd00::9", "0.0.0.0"].map((address) => ({
      name: `the address "${address}"`,
      definition: pinned,
      attachment: { ipv4_address: address },
    })),
    ...["foo", "10.1.2.3", "fd00::9"].map((address) => ({
      name: `the IPv6 address "${address}"`,
      definition: pinned,
      attachment: { ipv6_address: address },
    })),
  ];
}
