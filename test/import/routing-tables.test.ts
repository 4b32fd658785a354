import { describe, expect, it } from "vitest";

import { imported } from "./imported.js";

describe("ip -j route", () => {
  const table = JSON.stringify([
    { dst: "default", gateway: "192.168.178.1", dev: "eth0", protocol: "dhcp", metric: 100, flags: [] },
    { dst: "0.0.0.0/1", gateway: "10.8.0.1", dev: "tun0", flags: [] },
    { dst: "128.0.0.0/1", gateway: "10.8.0.1", dev: "tun0", flags: [] },
    { dst: "203.0.113.7", gateway: "192.168.178.1", dev: "eth0", flags: [] },
    { dst: "10.0.0.0/8", gateway: "10.8.0.1", dev: "tun0", flags: [] },
    { dst: "10.8.0.0/24", dev: "tun0", scope: "link", prefsrc: "10.8.0.2", flags: [] },
    { dst: "172.17.0.0/16", dev: "docker0", scope: "link", flags: ["linkdown"] },
    { dst: "172.18.0.0/16", dev: "br-0123456789ab", scope: "link", flags: [] },
    { dst: "172.20.0.0/14", dev: "wg0", scope: "link", flags: [] },
    { type: "blackhole", dst: "10.99.0.0/16", flags: [] },
    {
      dst: "198.18.0.0/15",
      flags: [],
      nexthops: [
        { gateway: "10.8.0.1", dev: "tun0", weight: 1, flags: [] },
        { gateway: "192.168.178.9", dev: "eth0", weight: 1, flags: [] },
      ],
    },
    { dst: "192.168.178.0/24", dev: "eth0", scope: "link", flags: [] },
    { dst: "fe80::/64", dev: "eth0", flags: [] },
  ]);

  it("gives the networks with the interface that leads to them", () => {
    const { kind, entries } = imported(table);
    expect(kind).toBe("ip-route");
    expect(entries).toEqual([
      "10.0.0.0/8 ip-route:tun0",
      "172.20.0.0/14 ip-route:wg0",
      "198.18.0.0/15 ip-route:tun0+eth0",
      "192.168.178.0/24 ip-route:eth0",
    ]);
  });

  it("says what it drops and why", () => {
    expect(imported(table).dropped).toEqual([
      "a default route: 0.0.0.0/0 ip-route:eth0",
      "a part of a default route, which a full tunnel writes: 0.0.0.0/1 ip-route:tun0",
      "a part of a default route, which a full tunnel writes: 128.0.0.0/1 ip-route:tun0",
      "a single host: 203.0.113.7/32 ip-route:eth0",
      "Docker's own bridge: 172.17.0.0/16 ip-route:docker0",
      "Docker's own bridge: 172.18.0.0/16 ip-route:br-0123456789ab",
      "leads nowhere: 10.99.0.0/16 ip-route:blackhole",
      "link-local: fe80::/64 ip-route:eth0",
      "part of 10.0.0.0/8: 10.8.0.0/24 ip-route:tun0",
    ]);
  });

  it("drops what `ip -j route show table all` adds about the machine itself", () => {
    const { entries, dropped } = imported(
      JSON.stringify([
        { dst: "10.66.0.0/16", dev: "wg0", table: "51820", flags: [] },
        { type: "local", dst: "10.66.0.2", dev: "wg0", table: "local", flags: [] },
        { type: "broadcast", dst: "10.66.255.255", dev: "wg0", table: "local", flags: [] },
        { type: "multicast", dst: "ff00::/8", dev: "eth0", table: "local", flags: [] },
      ]),
    );
    expect(entries).toEqual(["10.66.0.0/16 ip-route:wg0"]);
    expect(dropped).toEqual([
      "an address of this machine: 10.66.0.2/32 ip-route:wg0",
      "a broadcast address: 10.66.255.255/32 ip-route:wg0",
      "multicast: ff00::/8 ip-route:eth0",
    ]);
  });
});

describe("ip -j addr", () => {
  it("gives the networks that the interfaces are in", () => {
    const { kind, entries, dropped } = imported(
      JSON.stringify([
        { ifname: "lo", addr_info: [{ family: "inet", local: "127.0.0.1", prefixlen: 8, scope: "host" }] },
        {
          ifname: "eth0",
          address: "02:42:ac:11:00:02",
          addr_info: [
            { family: "inet", local: "192.168.178.23", prefixlen: 24, scope: "global" },
            { family: "inet6", local: "fd12:3456::23", prefixlen: 64, scope: "global" },
            { family: "inet6", local: "fe80::42", prefixlen: 64, scope: "link" },
          ],
        },
        { ifname: "docker0", addr_info: [{ family: "inet", local: "172.17.0.1", prefixlen: 16, scope: "global" }] },
        { ifname: "wg0", addr_info: [{ family: "inet", local: "10.8.0.2", prefixlen: 32, scope: "global" }] },
        { ifname: "eth1", addr_info: [] },
      ]),
    );
    expect(kind).toBe("ip-addr");
    expect(entries).toEqual(["192.168.178.0/24 ip-addr:eth0", "fd12:3456::/64 ip-addr:eth0"]);
    expect(dropped).toEqual([
      "loopback: 127.0.0.0/8 ip-addr:lo",
      "link-local: fe80::/64 ip-addr:eth0",
      "Docker's own bridge: 172.17.0.0/16 ip-addr:docker0",
      "a single host: 10.8.0.2/32 ip-addr:wg0",
    ]);
  });
});

describe("netstat -rn", () => {
  it("is read as Linux prints it, with netmasks", () => {
    const { kind, entries, dropped } = imported(`Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
0.0.0.0         192.168.178.1   0.0.0.0         UG        0 0          0 eth0
10.8.0.0        0.0.0.0         255.255.255.0   U         0 0          0 tun0
10.99.0.0       -               255.255.0.0     !         - -          - -
172.17.0.0      0.0.0.0         255.255.0.0     U         0 0          0 docker0
203.0.113.7     192.168.178.1   255.255.255.255 UGH       0 0          0 eth0
`);
    expect(kind).toBe("netstat");
    expect(entries).toEqual(["10.8.0.0/24 netstat:tun0"]);
    expect(dropped).toEqual([
      "a default route: 0.0.0.0/0 netstat:eth0",
      "leads nowhere: 10.99.0.0/16 netstat:-",
      "Docker's own bridge: 172.17.0.0/16 netstat:docker0",
      "a single host: 203.0.113.7/32 netstat:eth0",
    ]);
  });

  it("is read as Linux prints IPv6", () => {
    const { entries, dropped } = imported(`Kernel IPv6 routing table
Destination                    Next Hop                   Flag Met Ref Use If
fd12:3456::/64                 [::]                       U    256 1     0 eth0
[::]/0                         fe80::1                    UGDAe 1024 1   0 eth0
`);
    expect(entries).toEqual(["fd12:3456::/64 netstat:eth0"]);
    expect(dropped).toEqual(["a default route: ::/0 netstat:eth0"]);
  });

  it("is read as macOS prints it, with the zeros left away", () => {
    const { entries, dropped } = imported(`Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            192.168.178.1      UGScg                 en0
10                 10.8.0.1           UGSc                utun4
127                127.0.0.1          UCS                   lo0
127.0.0.1          127.0.0.1          UH                    lo0
169.254            link#4             UCS                   en0      !
172.16.111/24      link#13            UC                 vmnet1
192.168.178        link#4             UCS                   en0      !
192.168.178.1      4:42:1a:aa:bb:cc   UHLWIir               en0   1180
192.168.220        link#12            UC                 vmnet8
224.0.0/4          link#4             UmCS                  en0      !

Internet6:
Destination                             Gateway                                 Flags               Netif Expire
default                                 fe80::%utun0                            UGcIg               utun0
fd12:3456::/64                          link#4                                  UC                    en0
fe80::%lo0/64                           fe80::1%lo0                             UcI                   lo0
`);
    expect(entries).toEqual([
      "10.0.0.0/8 netstat:utun4",
      "172.16.111.0/24 netstat:vmnet1",
      "192.168.178.0/24 netstat:en0",
      "192.168.220.0/24 netstat:vmnet8",
      "fd12:3456::/64 netstat:en0",
    ]);
    expect(dropped).toEqual([
      "a default route: 0.0.0.0/0 netstat:en0",
      "loopback: 127.0.0.0/8 netstat:lo0",
      "loopback: 127.0.0.1/32 netstat:lo0",
      "link-local: 169.254.0.0/16 netstat:en0",
      "a single host: 192.168.178.1/32 netstat:en0",
      "multicast: 224.0.0.0/4 netstat:en0",
      "a default route: 0.0.0.0/0 netstat:utun0",
      "link-local: fe80::/64 netstat:lo0",
    ]);
  });

  it("is read as older versions of macOS print it, with two more columns", () => {
    const { entries } = imported(`Internet:
Destination        Gateway            Flags        Refs      Use   Netif Expire
10.10.10/24        link#4             UCS             2        0     en0
`);
    expect(entries).toEqual(["10.10.10.0/24 netstat:en0"]);
  });
});

describe("Get-NetRoute | ConvertTo-Json", () => {
  const route = (DestinationPrefix: string, InterfaceAlias: string) => ({
    DestinationPrefix,
    NextHop: "0.0.0.0",
    InterfaceAlias,
  });

  it("gives the networks with the interface that leads to them", () => {
    const { kind, entries, dropped } = imported(
      JSON.stringify([
        route("255.255.255.255/32", "Ethernet"),
        route("224.0.0.0/4", "Ethernet"),
        route("10.229.128.0/18", "Corp VPN"),
        route("10.229.131.41/32", "Corp VPN"),
        route("0.0.0.0/0", "Ethernet"),
      ]),
    );
    expect(kind).toBe("get-netroute");
    expect(entries).toEqual(["10.229.128.0/18 get-netroute:Corp VPN"]);
    expect(dropped).toEqual([
      "reserved or broadcast: 255.255.255.255/32 get-netroute:Ethernet",
      "multicast: 224.0.0.0/4 get-netroute:Ethernet",
      "a single host: 10.229.131.41/32 get-netroute:Corp VPN",
      "a default route: 0.0.0.0/0 get-netroute:Ethernet",
    ]);
  });

  it("reads the single route that PowerShell writes without a list", () => {
    expect(imported(JSON.stringify(route("10.229.128.0/18", "Corp VPN"))).entries).toHaveLength(1);
  });
});
