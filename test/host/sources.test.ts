import { describe, expect, it } from "vitest";

import { describeRoute } from "../../src/host/findings/words.js";
import {
  containersFromApi,
  containersFromPs,
  engineFromInfo,
  networksFromDocker,
} from "../../src/host/sources/docker.js";
import { nameServersFromScutil, routesFromNetstat } from "../../src/host/sources/macos.js";
import { peersFromProc, routesFromProc, routesFromProcIpv6 } from "../../src/host/sources/proc-net.js";
import { nameServersFromResolvConf } from "../../src/host/sources/resolv-conf.js";
import { nameServersFromWindows, routesFromGetNetRoute } from "../../src/host/sources/windows.js";
import { formatAddress } from "../../src/ipam/address.js";
import { formatPrefix } from "../../src/ipam/prefix.js";
import type { Route } from "../../src/host/snapshot.js";

const shown = (routes: readonly Route[]): string[] => routes.map(describeRoute);

describe("macOS", () => {
  const NETSTAT = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.178.1      UGScg                 en0
10.10.10/24        link#4             UCS                   en0      !
10.8               10.8.0.1           UGSc                utun4
127                127.0.0.1          UCS                   lo0
127.0.0.1          127.0.0.1          UH                    lo0
169.254            link#4             UCS                   en0      !
172.16.111/24      link#12            UC                 vmnet8      !
192.168.178        link#4             UCS                   en0      !
192.168.178.23     127.0.0.1          UHS                   lo0
198.51.100         127.0.0.1          UGRS                  lo0

Internet6:
Destination                             Gateway                         Flags               Netif Expire
default                                 fe80::1%en0                     UGcg                  en0
fd12:3456::/64                          link#4                          UC                    en0
fe80::%lo0/64                           fe80::1%lo0                     UcI                   lo0
`;

  it("has its routes in netstat", () => {
    expect(shown(routesFromNetstat(NETSTAT))).toEqual([
      "default via 192.168.178.1 on en0",
      "10.10.10.0/24 on en0",
      "10.8.0.0/16 via 10.8.0.1 on utun4 (a VPN)",
      "127.0.0.0/8 via 127.0.0.1 on lo0",
      "local 127.0.0.1/32 via 127.0.0.1 on lo0",
      "169.254.0.0/16 on en0",
      "172.16.111.0/24 on vmnet8 (VMware)",
      "192.168.178.0/24 on en0",
      "local 192.168.178.23/32 via 127.0.0.1 on lo0",
      "blackhole 198.51.100.0/24",
      "default via fe80::1 on en0",
      "fd12:3456::/64 on en0",
      "fe80::/64 via fe80::1 on lo0",
    ]);
  });

  it("has its name servers in scutil", () => {
    const text = `DNS configuration

resolver #1
  search domain[0] : example.com
  nameserver[0] : 10.8.0.53
  nameserver[1] : fe80::1%en0
  if_index : 4 (en0)

resolver #2
  domain   : local
  nameserver[0] : 10.8.0.53
  nameserver[1] : 127.0.0.1
`;
    expect(nameServersFromScutil(text).map(({ address }) => formatAddress(address))).toEqual(["10.8.0.53", "fe80::1"]);
  });
});

describe("Windows", () => {
  it("has its routes in Get-NetRoute, with both metrics", () => {
    const routes = [
      {
        DestinationPrefix: "0.0.0.0/0",
        NextHop: "192.168.178.1",
        InterfaceAlias: "Ethernet",
        RouteMetric: 0,
        InterfaceMetric: 25,
      },
      {
        DestinationPrefix: "172.26.64.0/20",
        NextHop: "0.0.0.0",
        InterfaceAlias: "vEthernet (WSL)",
        RouteMetric: 256,
        InterfaceMetric: 5000,
      },
      {
        DestinationPrefix: "fd00:7::/64",
        NextHop: "::",
        InterfaceAlias: "Ethernet",
        RouteMetric: 256,
        InterfaceMetric: 25,
      },
      {
        DestinationPrefix: "224.0.0.0/4",
        NextHop: "0.0.0.0",
        InterfaceAlias: "Ethernet",
        RouteMetric: 256,
        InterfaceMetric: 25,
      },
    ];
    expect(shown(routesFromGetNetRoute(routes))).toEqual([
      "default via 192.168.178.1 on Ethernet, metric 25",
      "172.26.64.0/20 on vEthernet (WSL) (WSL), metric 5256",
      "fd00:7::/64 on Ethernet, metric 281",
      "multicast 224.0.0.0/4 on Ethernet, metric 281",
    ]);
    expect(shown(routesFromGetNetRoute(routes[0]))).toEqual(["default via 192.168.178.1 on Ethernet, metric 25"]);
  });

  it("has its name servers in Get-DnsClientServerAddress", () => {
    const entries = [
      { InterfaceAlias: "Ethernet", ServerAddresses: ["10.8.0.53", "10.8.0.54"] },
      { InterfaceAlias: "Wi-Fi", ServerAddresses: [] },
      { InterfaceAlias: "VPN", ServerAddresses: "10.8.0.53" },
    ];
    expect(nameServersFromWindows(entries).map(({ address, from }) => `${formatAddress(address)} ${from}`)).toEqual([
      "10.8.0.53 Ethernet",
      "10.8.0.54 Ethernet",
    ]);
  });
});

describe("/proc/net", () => {
  it("has the table main of IPv4", () => {
    const text = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0100630A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t0000630A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
*\t0000630B\t00000000\t0200\t0\t0\t0\t00FFFFFF\t0\t0\t0
*\t0000630C\t00000000\t0201\t0\t0\t0\t00FFFFFF\t0\t0\t0
`;
    expect(shown(routesFromProc(text))).toEqual([
      "default via 10.99.0.1 on eth0, metric 100",
      "10.99.0.0/24 on eth0",
      "unreachable 12.99.0.0/24",
    ]);
  });

  it("has all tables of IPv6", () => {
    const text = [
      "fd000001000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0",
      "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000001000000000000000000000001 00000400 00000001 00000000 00000003     eth0",
      "fd000001000000000000000000000002 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001     eth0",
      "ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000003 00000000 00000001     eth0",
    ].join("\n");
    expect(routesFromProcIpv6(text).map((route) => `${route.table} ${describeRoute(route)}`)).toEqual([
      "main fd00:1::/64 on eth0, metric 256",
      "main default via fd00:1::1 on eth0, metric 1024",
      "local local fd00:1::2/128 on eth0",
      "local multicast ff00::/8 on eth0, metric 256",
    ]);
  });

  it("has the established connections to other hosts, IPv4 ones in the table of IPv6 too", () => {
    const ipv4 = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 0200630A:0016 052C12AC:C350 01 00000000:00000000
   1: 00000000:0016 00000000:0000 0A 00000000:00000000
   2: 0100007F:1F90 0100007F:C000 01 00000000:00000000
   3: 0200630A:0016 062C12AC:C350 06 00000000:00000000
`;
    const ipv6 = `  sl  local_address                         remote_address                        st
   0: 0000000000000000FFFF00000200630A:01BB 0000000000000000FFFF0000072C12AC:C351 01
`;
    expect(
      [...peersFromProc(ipv4), ...peersFromProc(ipv6)].map(({ address, local, port }) => [
        formatAddress(address),
        local && formatAddress(local),
        port,
      ]),
    ).toEqual([
      ["172.18.44.5", "10.99.0.2", 22],
      ["172.18.44.7", "10.99.0.2", 443],
    ]);
  });
});

describe("resolv.conf", () => {
  it("names servers, and this host is none", () => {
    const text = "# nameserver 10.0.0.1\nnameserver 127.0.0.53\nnameserver 10.8.0.53\n nameserver fd00::53%eth0 # x\n";
    expect(nameServersFromResolvConf(text, "f").map(({ address }) => formatAddress(address))).toEqual([
      "10.8.0.53",
      "fd00::53",
    ]);
  });
});

describe("Docker", () => {
  const labels = { "com.docker.compose.project": "shop", "com.docker.compose.network": "front" };
  const network = (about: object): unknown => ({
    Name: "shop_front",
    Id: "8760d3d3666b1111111111111111111111111111111111111111111111111111",
    Driver: "bridge",
    Scope: "local",
    IPAM: { Config: [{ Subnet: "172.18.0.0/16", Gateway: "172.18.0.1" }] },
    Options: {},
    Labels: labels,
    ...about,
  });

  it.each([
    ["the beginning of its id", {}, "br-8760d3d3666b"],
    ["its option", { Options: { "com.docker.network.bridge.name": "shop0" } }, "shop0"],
    [
      "nothing, where it has no address on the host",
      { Options: { "com.docker.network.bridge.inhibit_ipv4": "true" } },
      undefined,
    ],
    ["nothing, for macvlan", { Driver: "macvlan" }, undefined],
  ])("calls a bridge by %s", (_, about, device) => {
    const [found] = networksFromDocker([network(about)]);
    expect(found).toMatchObject({ project: "shop", key: "front", name: "shop_front" });
    expect(found?.device).toBe(device);
    expect(found?.subnets.map(formatPrefix)).toEqual(["172.18.0.0/16"]);
  });

  it("has networks without a pool", () => {
    expect(networksFromDocker([network({ IPAM: { Config: null } })])[0]?.subnets).toEqual([]);
  });

  it("tells of the same containers through its command and through its socket", () => {
    const viaPs = containersFromPs(
      `{"name":"shop-web-1","state":"running","networks":"shop_front,shop_back","project":"shop","directory":"/srv/shop","files":"/srv/shop/a.yaml,/srv/shop/b.yaml"}\n`,
    );
    const viaApi = containersFromApi([
      {
        Names: ["/shop-web-1"],
        State: "running",
        NetworkSettings: { Networks: { shop_front: {}, shop_back: {} } },
        Labels: {
          ...labels,
          "com.docker.compose.project.working_dir": "/srv/shop",
          "com.docker.compose.project.config_files": "/srv/shop/a.yaml,/srv/shop/b.yaml",
        },
      },
    ]);
    expect(viaPs).toEqual(viaApi);
    expect(viaPs).toMatchObject([{ name: "shop-web-1", isRunning: true, networks: ["shop_front", "shop_back"] }]);
  });

  it.each([
    [{ OperatingSystem: "Docker Desktop" }, "Docker Desktop"],
    [{ OperatingSystem: "Debian", SecurityOptions: ["name=seccomp", "name=rootless"] }, "rootless"],
    [{ OperatingSystem: "Debian", SecurityOptions: ["name=seccomp,profile=builtin"] }, "here"],
  ])("says in %j where its bridges are", (info, runs) => {
    const pools = [{ Base: "10.202.0.0/16", Size: 24 }];
    expect(engineFromInfo({ ServerVersion: "28.5.2", DefaultAddressPools: pools, ...info })).toMatchObject({
      release: "28.5.2",
      runs,
      pools: [{ size: 24 }],
    });
  });
});
