import { describe, expect, it } from "vitest";

import { imported } from "./imported.js";

describe("a WireGuard configuration", () => {
  it("gives the networks of the interface and of each peer, whatever their host bits", () => {
    const { kind, entries, dropped } = imported(`[Interface]
Address = 10.192.122.1/24, fd00:122::1/64
PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=

[Peer] # the office
PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
AllowedIPs = 10.192.122.3/32, 10.192.124.1/24
AllowedIPs = 172.16.0.0/12 # and the data centre
[Peer]
AllowedIPs = 0.0.0.0/0, ::/0
`);
    expect(kind).toBe("wireguard");
    expect(entries).toEqual([
      "10.192.122.0/24 wireguard:interface",
      "fd00:122::/64 wireguard:interface",
      "10.192.124.0/24 wireguard:peer 1",
      "172.16.0.0/12 wireguard:peer 1",
    ]);
    expect(dropped).toEqual([
      "a single host: 10.192.122.3/32 wireguard:peer 1",
      "a default route: 0.0.0.0/0 wireguard:peer 2",
      "a default route: ::/0 wireguard:peer 2",
    ]);
  });
});

describe("an OpenVPN configuration", () => {
  it("of a server gives its own network and what it pushes", () => {
    const { kind, entries, dropped, notes } = imported(`port 1194
proto udp
dev tun
server 10.8.0.0 255.255.255.0
server-ipv6 fd00:8::/64
push "route 192.168.0.0 255.255.255.0"   ; office
push "route 203.0.113.9"
push "route-ipv6 fd00:9::/48"
push "redirect-gateway def1 bypass-dhcp"
push "dhcp-option DNS 10.8.0.1"
route 192.168.4.0 255.255.255.0
`);
    expect(kind).toBe("openvpn");
    expect(entries).toEqual([
      "10.8.0.0/24 openvpn:server",
      "fd00:8::/64 openvpn:server-ipv6",
      "192.168.0.0/24 openvpn:push route",
      "fd00:9::/48 openvpn:push route-ipv6",
      "192.168.4.0/24 openvpn:route",
    ]);
    expect(dropped).toEqual([
      "a single host: 203.0.113.9/32 openvpn:push route",
      "a default route: 0.0.0.0/0 openvpn:push redirect-gateway",
    ]);
    expect(notes).toEqual([]);
  });

  it("of a client gives its routes but those that go past the VPN, and says that others come later", () => {
    const { entries, dropped, notes } = imported(`client
dev tun
remote vpn.example.com 1194
route 10.17.8.0 255.255.255.0 vpn_gateway
route 192.168.0.0 255.255.0.0 net_gateway
route remote_host 255.255.255.255 net_gateway
<ca>
route 10.66.0.0 255.255.0.0
</ca>
`);
    expect(entries).toEqual(["10.17.8.0/24 openvpn:route"]);
    expect(dropped).toEqual(
      ["not a network: openvpn:route", "goes past the VPN: 192.168.0.0/16 openvpn:route"].reverse(),
    );
    expect(notes).toEqual([
      "An OpenVPN client is told most routes when it connects: import the routing table while it is connected.",
    ]);
  });
});

describe("tailscale status --json", () => {
  it("gives the routes of the machines, and extends the list of the tailnet's own addresses", () => {
    const { kind, entries, dropped, text } = imported(
      JSON.stringify({
        Self: { HostName: "laptop", TailscaleIPs: ["100.64.0.1", "fd7a:115c:a1e0::1"], PrimaryRoutes: null },
        Peer: {
          "nodekey:abc": {
            HostName: "router",
            TailscaleIPs: ["100.64.0.10", "fd7a:115c:a1e0::a"],
            AllowedIPs: ["100.64.0.10/32", "fd7a:115c:a1e0::a/128", "10.0.0.0/24", "0.0.0.0/0"],
            PrimaryRoutes: ["10.0.0.0/24"],
          },
          "nodekey:def": { HostName: "phone", TailscaleIPs: ["100.64.0.11"] },
        },
      }),
    );
    expect(kind).toBe("tailscale");
    expect(entries).toEqual(["10.0.0.0/24 tailscale:router"]);
    expect(dropped).toEqual(["a default route: 0.0.0.0/0 tailscale:router"]);
    expect(text).toContain('\nextends: ["builtin:tailscale"]\n');
  });
});
