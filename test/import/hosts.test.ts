import { describe, expect, it } from "vitest";

import { snapshotAsJson } from "../../src/host/snapshot-json.js";
import { hostWith, network } from "../host/host-with.js";
import { imported, refusal } from "./imported.js";

describe("docker network inspect", () => {
  const inspected = [
    {
      Name: "shop_front",
      Id: "8760",
      Driver: "bridge",
      IPAM: {
        Driver: "default",
        Config: [{ Subnet: "172.18.0.0/16", Gateway: "172.18.0.1" }, { Subnet: "fd00:7::/64" }],
      },
    },
    { Name: "host", Id: "8761", Driver: "host", IPAM: { Driver: "default", Config: null } },
    { Name: "old", Id: "8762", Driver: "bridge", IPAM: { Config: [{ Subnet: "172.18.4.0/24" }] } },
  ];

  it("gives the subnets of all networks with their names", () => {
    const { kind, entries, dropped } = imported(JSON.stringify(inspected));
    expect(kind).toBe("docker-networks");
    expect(entries).toEqual([
      '172.18.0.0/16 "shop_front" docker:shop_front',
      'fd00:7::/64 "shop_front" docker:shop_front',
    ]);
    expect(dropped).toEqual(["part of 172.18.0.0/16: 172.18.4.0/24 docker:old"]);
  });
});

describe("a .network file of Quadlet", () => {
  const text = `[Unit]
Description=web
# Subnet=10.1.0.0/24
[Network]
NetworkName=web
Subnet=10.90.0.0/24
Subnet = fd00:9::/64
Gateway=10.90.0.1
Options=isolate=\\
  true
[Install]
Subnet=10.2.0.0/24
`;

  it.each([text, text.replaceAll("\n", "\r\n")])("gives its subnets", (each) => {
    const { kind, entries } = imported(each);
    expect(kind).toBe("quadlet");
    expect(entries).toEqual(['10.90.0.0/24 "web" quadlet', 'fd00:9::/64 "web" quadlet']);
  });

  it("is none without a subnet, as a file of systemd-networkd is", () => {
    expect(refusal("[Match]\nName=eth0\n\n[Network]\nAddress=10.1.0.2/24\n")).toMatch(/of no kind that is known here/);
  });
});

describe("a snapshot of doctor", () => {
  it("gives the routes and networks of that host, without Docker's own", () => {
    const snapshot = hostWith({
      routes: [
        "10.0.0.0/8 via 10.99.0.9 dev tun0",
        "172.16.0.0/12 dev wg0 table 220",
        "blackhole 10.66.0.0/16",
        "192.0.2.7/32 dev eth0",
      ],
      networks: [network("shop", "172.18.0.0/16")],
    });
    const { kind, entries, dropped } = imported(JSON.stringify(snapshotAsJson(snapshot)));
    expect(kind).toBe("doctor");
    expect(entries).toEqual(["10.0.0.0/8 doctor:tun0", "172.16.0.0/12 doctor:wg0"]);
    expect(dropped.map((line) => line.replace(/br-\w+/, "br"))).toEqual([
      "a default route: 0.0.0.0/0 doctor:eth0",
      "leads nowhere: 10.66.0.0/16 doctor:blackhole",
      "a single host: 192.0.2.7/32 doctor:eth0",
      "Docker's own bridge: 172.18.0.0/16 doctor:br",
      "part of 10.0.0.0/8: 10.99.0.0/24 doctor:eth0",
      "part of 10.0.0.0/8: 10.99.0.0/24 doctor:eth0",
    ]);
  });
});
