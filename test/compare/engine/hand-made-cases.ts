import { freshRanges, type FreshRanges } from "./fresh-ranges.js";
import type { NetworkCase, NetworkDefinition, PoolDefinition } from "./network-case.js";

type Rest = Omit<NetworkDefinition, "ipam">;
type Make = (ranges: FreshRanges) => PoolDefinition | readonly PoolDefinition[];

const MACVLAN: Rest = { driver: "macvlan" };
const ONLY_IPV6: Rest = { enable_ipv4: false, enable_ipv6: true };
const ISOLATED: Rest = {
  internal: true,
  driver_opts: { "com.docker.network.bridge.gateway_mode_ipv4": "isolated" },
};

/** One for each thing that an engine looks at, at its boundaries, and some of two faults at once. */
export function handMadeCases(firstIndex: number): NetworkCase[] {
  let index = firstIndex;
  const network = (name: string, definition: NetworkDefinition): NetworkCase => ({ name, definition });
  const pools = (name: string, make: Make, rest: Rest = {}): NetworkCase => {
    const made = make(freshRanges(index++));
    return network(name, { ...rest, ipam: { config: "length" in made ? made : [made] } });
  };
  const ipv6 = (name: string, make: Make, rest: Rest = {}) => pools(name, make, { enable_ipv6: true, ...rest });
  const withSubnet =
    (fields: (v4: string) => PoolDefinition): Make =>
    ({ v4 }) => ({ subnet: `${v4}0/24`, ...fields(v4) });
  const withIpv6Subnet =
    (fields: (v6: string) => PoolDefinition): Make =>
    ({ v6 }) => ({ subnet: `${v6}:/64`, ...fields(v6) });
  const lengths = [24, 25, 26, 27, 28, 29, 30, 31, 32];

  return [
    ...lengths.map((length) => pools(`a subnet of /${length}`, ({ v4 }) => ({ subnet: `${v4}0/${length}` }))),
    ...lengths.map((length) => pools(`host bits, /${length}`, ({ v4 }) => ({ subnet: `${v4}85/${length}` }))),
    ...[0, 1, 2, 3].map((host) =>
      pools(`gateway ${host} of a /30`, ({ v4 }) => ({ subnet: `${v4}0/30`, gateway: `${v4}${host}` })),
    ),
    ...[0, 1, 2].map((host) =>
      pools(`gateway ${host} of a /31`, ({ v4 }) => ({ subnet: `${v4}0/31`, gateway: `${v4}${host}` })),
    ),
    ...["0", "1", "127", "128", "254", "255"].map((host) =>
      pools(
        `gateway ${host} of a /24`,
        withSubnet((v4) => ({ gateway: `${v4}${host}` })),
      ),
    ),
    ...["0", "1", "127", "128", "254", "255"].map((host) =>
      pools(
        `auxiliary ${host} of a /24`,
        withSubnet((v4) => ({ aux_addresses: { host: `${v4}${host}` } })),
      ),
    ),
    ...["33", "-1", "", "abc", "255.255.255.0", "+24", "24 ", "1e1"].map((length) =>
      pools(`the prefix length "${length}"`, ({ v4 }) => ({ subnet: `${v4}0/${length}` })),
    ),
    ...[
      "foo",
      "10.0.0/24",
      "10.0.0.0.0/24",
      "256.0.0.0/24",
      "10.0.0.0",
      "010.7.0.0/24",
      " 10.7.0.0/24",
      "fd00::/129",
    ].map((subnet) => network(`the subnet "${subnet}"`, { ipam: { config: [{ subnet }] } })),
    ...["foo", "10.0.0", "10.0.0.1/24", "fd00::1", "fd00::1%eth0", "0.0.0.0", "10.1.2.3", ""].map((gateway) =>
      pools(
        `the gateway "${gateway}"`,
        withSubnet(() => ({ gateway })),
      ),
    ),
    ...["foo", "10.0.0", "10.0.0.1/24", "fd00::1", "0.0.0.0", "10.1.2.3", ""].map((host) =>
      pools(
        `the auxiliary address "${host}"`,
        withSubnet(() => ({ aux_addresses: { host } })),
      ),
    ),
    ...["foo", "10.0.0.0", "fd00::/64", "10.0.0.0/8", "10.1.2.0/25", "0.0.0.0/0", ""].map((range) =>
      pools(
        `the ip_range "${range}"`,
        withSubnet(() => ({ ip_range: range })),
      ),
    ),
    ...["0/24", "0/23", "0/25", "128/25", "130/25", "0/32", "1/32", "255/32", "0/31", "254/31"].map((range) =>
      pools(
        `the ip_range …${range}`,
        withSubnet((v4) => ({ ip_range: `${v4}${range}` })),
      ),
    ),
    ...["0", "1", "127", "128", "200", "255"].map((host) =>
      pools(
        `the ip_range …128/25 with gateway ${host}`,
        withSubnet((v4) => ({ ip_range: `${v4}128/25`, gateway: `${v4}${host}` })),
      ),
    ),
    ...["1", "127", "128", "129", "255"].map((host) =>
      pools(
        `the ip_range …128/25 with auxiliary ${host}`,
        withSubnet((v4) => ({ ip_range: `${v4}128/25`, aux_addresses: { host: `${v4}${host}` } })),
      ),
    ),
    pools(
      "an ip_range of one reserved address and a gateway",
      withSubnet((v4) => ({ ip_range: `${v4}0/32`, gateway: `${v4}1` })),
    ),
    pools(
      "auxiliary on the gateway",
      withSubnet((v4) => ({ gateway: `${v4}9`, aux_addresses: { host: `${v4}9` } })),
    ),
    pools(
      "auxiliary twice",
      withSubnet((v4) => ({ aux_addresses: { one: `${v4}9`, other: `${v4}9` } })),
    ),
    pools(
      "auxiliary side by side",
      withSubnet((v4) => ({ aux_addresses: { one: `${v4}9`, other: `${v4}10` } })),
    ),
    pools(
      "no auxiliary addresses",
      withSubnet(() => ({ aux_addresses: {} })),
    ),
    pools(
      "IPv4-mapped gateway",
      withSubnet((v4) => ({ gateway: `::ffff:${v4}1` })),
    ),
    pools(
      "IPv4-mapped auxiliary",
      withSubnet((v4) => ({ aux_addresses: { host: `::ffff:${v4}9` } })),
    ),
    pools(
      "auxiliary on the gateway of an isolated network",
      withSubnet((v4) => ({ aux_addresses: { host: `${v4}1` } })),
      ISOLATED,
    ),
    pools(
      "auxiliary on the gateway of an internal network",
      withSubnet((v4) => ({ aux_addresses: { host: `${v4}1` } })),
      { internal: true },
    ),
    pools(
      "auxiliary on the gateway of a macvlan",
      withSubnet((v4) => ({ aux_addresses: { host: `${v4}1` } })),
      MACVLAN,
    ),
    pools(
      "reserved gateway of a macvlan",
      withSubnet((v4) => ({ gateway: `${v4}0` })),
      MACVLAN,
    ),
    pools(
      "gateway outside of a macvlan",
      withSubnet(() => ({ gateway: "10.1.2.3" })),
      MACVLAN,
    ),

    pools("two subnets on a bridge", ({ v4 }) => [{ subnet: `${v4}0/25` }, { subnet: `${v4}128/25` }]),
    pools("two subnets on a macvlan", ({ v4 }) => [{ subnet: `${v4}0/25` }, { subnet: `${v4}128/25` }], MACVLAN),
    pools("one subnet twice on a bridge", ({ v4 }) => [{ subnet: `${v4}0/25` }, { subnet: `${v4}0/25` }]),
    pools("one subnet twice on a macvlan", ({ v4 }) => [{ subnet: `${v4}0/25` }, { subnet: `${v4}0/25` }], MACVLAN),
    pools("overlapping subnets on a macvlan", ({ v4 }) => [{ subnet: `${v4}0/24` }, { subnet: `${v4}0/25` }], MACVLAN),
    pools(
      "one subnet in two ranges on a macvlan",
      ({ v4 }) => [
        { subnet: `${v4}0/24`, ip_range: `${v4}0/26` },
        { subnet: `${v4}0/24`, ip_range: `${v4}64/26` },
      ],
      MACVLAN,
    ),
    pools(
      "one subnet, a range, and none, on a macvlan",
      ({ v4 }) => [{ subnet: `${v4}0/24`, ip_range: `${v4}0/26` }, { subnet: `${v4}0/24` }],
      MACVLAN,
    ),
    pools("a pool split in two", ({ v4 }) => [{ subnet: `${v4}0/24` }, { gateway: `${v4}1` }]),
    pools("a lone gateway", ({ v4 }) => ({ gateway: `${v4}1` })),
    pools("a lone ip_range", ({ v4 }) => ({ ip_range: `${v4}0/25` })),
    pools("lone auxiliary addresses", ({ v4 }) => ({ aux_addresses: { host: `${v4}9` } })),
    pools("an empty pool", () => ({})),
    pools("an empty subnet", () => ({ subnet: "" })),
    pools("an empty subnet with a gateway", ({ v4 }) => ({ subnet: "", gateway: `${v4}1` })),
    pools("an empty pool beside another", ({ v4 }) => [{}, { subnet: `${v4}0/24` }]),
    pools("host bits and a gateway outside", ({ v4 }) => ({ subnet: `${v4}5/24`, gateway: "10.1.2.3" })),
    pools("host bits and the network address as gateway", ({ v4 }) => ({ subnet: `${v4}5/24`, gateway: `${v4}0` })),
    pools("host bits and an ip_range outside", ({ v4 }) => ({ subnet: `${v4}5/24`, ip_range: "10.1.2.0/25" })),

    ipv6(
      "an IPv6 subnet",
      withIpv6Subnet(() => ({})),
    ),
    ...[48, 56, 65, 80, 96, 120, 127, 128].map((length) =>
      ipv6(`an IPv6 subnet of /${length}`, ({ v6 }) => ({ subnet: `${v6}:/${length}` })),
    ),
    ...["", "1", "ffff", "5:0:0:1"].map((host) =>
      ipv6(
        `IPv6 gateway …::${host}`,
        withIpv6Subnet((v6) => ({ gateway: `${v6}:${host}` })),
      ),
    ),
    ...["fd01::1", "10.0.0.1", "foo", "::", "fdcc::1%eth0"].map((gateway) =>
      ipv6(
        `the IPv6 gateway "${gateway}"`,
        withIpv6Subnet(() => ({ gateway })),
      ),
    ),
    ...["", "1", "9"].map((host) =>
      ipv6(
        `IPv6 auxiliary …::${host}`,
        withIpv6Subnet((v6) => ({ aux_addresses: { host: `${v6}:${host}` } })),
      ),
    ),
    ...["fd02::/80", "10.0.0.0/24", "foo"].map((range) =>
      ipv6(
        `the IPv6 ip_range "${range}"`,
        withIpv6Subnet(() => ({ ip_range: range })),
      ),
    ),
    ...["/80", "5/80", "/128", "/127"].map((range) =>
      ipv6(
        `the IPv6 ip_range …::${range}`,
        withIpv6Subnet((v6) => ({ ip_range: `${v6}:${range}` })),
      ),
    ),
    ipv6("IPv6 host bits", ({ v6 }) => ({ subnet: `${v6}:5/64` })),
    ipv6("two IPv6 subnets", ({ v6 }) => [{ subnet: `${v6}:/64` }, { subnet: `${v6}1::/64` }]),
    ipv6("both families", ({ v4, v6 }) => [{ subnet: `${v4}0/24` }, { subnet: `${v6}:/64` }]),
    ipv6("only an IPv4 subnet, with IPv6 on", ({ v4 }) => ({ subnet: `${v4}0/24` })),
    ...["ff02::/64", "ff0e:1::/64", "fe80::/80", "fe80::/10", "::/64"].map((subnet) =>
      ipv6(`the IPv6 subnet ${subnet}`, () => ({ subnet })),
    ),
    pools("an IPv6 subnet with IPv6 off", ({ v4, v6 }) => [
      { subnet: `${v4}0/24` },
      { subnet: `${v6}:5/64`, gateway: "foo" },
    ]),
    pools("two IPv6 subnets with IPv6 off", ({ v6 }) => [{ subnet: `${v6}:/64` }, { subnet: `${v6}1::/64` }]),
    pools("no IPv6 subnet at all with IPv6 off", () => ({ subnet: "fd00:zz::/64" })),
    pools("IPv4 off", ({ v4, v6 }) => [{ subnet: `${v4}0/24` }, { subnet: `${v6}:/64` }], ONLY_IPV6),
    pools(
      "IPv4 off, a reserved gateway",
      ({ v4, v6 }) => [{ subnet: `${v4}0/24`, gateway: `${v4}0` }, { subnet: `${v6}:/64` }],
      ONLY_IPV6,
    ),
    pools(
      "IPv4 off, a gateway outside",
      ({ v4, v6 }) => [{ subnet: `${v4}0/24`, gateway: "10.1.2.3" }, { subnet: `${v6}:/64` }],
      ONLY_IPV6,
    ),
    pools("IPv4 off, host bits", ({ v4, v6 }) => [{ subnet: `${v4}5/24` }, { subnet: `${v6}:/64` }], ONLY_IPV6),
    pools(
      "IPv4 off, two subnets",
      ({ v4, v6 }) => [{ subnet: `${v4}0/25` }, { subnet: `${v4}128/25` }, { subnet: `${v6}:/64` }],
      ONLY_IPV6,
    ),
    pools("IPv4 and IPv6 off", ({ v4 }) => ({ subnet: `${v4}0/24` }), { enable_ipv4: false }),
    pools("IPv4 on, IPv6 off", ({ v4 }) => ({ subnet: `${v4}0/24` }), { enable_ipv4: true, enable_ipv6: false }),
    network("IPv6 on, no pool", { enable_ipv6: true }),
    network("nothing at all", {}),

    ...["0.0.0.0/24", "0.0.0.0/8", "0.0.0.0/0"].map((subnet) =>
      network(`the subnet ${subnet}`, { ipam: { config: [{ subnet }] } }),
    ),
    network("0.0.0.5/24", { ipam: { config: [{ subnet: "0.0.0.5/24" }] } }),
    ...[
      "8.8.8.0/24",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "224.0.0.0/24",
      "240.0.0.0/24",
      "192.0.2.0/24",
      "255.255.255.0/24",
    ].map((subnet) => network(`the subnet ${subnet}`, { ipam: { config: [{ subnet }] } })),
    ...["host", "none", "default", "null"].map((driver) => network(`the driver ${driver}`, { driver })),
    network("the driver host, with a pool", { driver: "host", ipam: { config: [{ subnet: "10.1.0.0/24" }] } }),
    ...["host", "none", "default", "bridge"].map((name) => network(`the name ${name}`, { name })),
    ...["default", "", "null", "none"].map((driver) => network(`the ipam driver "${driver}"`, { ipam: { driver } })),
    network("the ipam driver null with a pool", { ipam: { driver: "null", config: [{ subnet: "10.1.1.0/24" }] } }),
    network("the ipam driver default with host bits", {
      ipam: { driver: "default", config: [{ subnet: "10.1.2.5/24" }] },
    }),
  ];
}
