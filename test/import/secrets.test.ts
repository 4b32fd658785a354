import { describe, expect, it } from "vitest";

import { imported, refusal } from "./imported.js";

/** Stands wherever a source may hold something that is nobody's business. */
const SECRET = "s3cr3t-UE9XRVI";

const SOURCES: readonly (readonly [string, string])[] = [
  [
    "WireGuard",
    `[Interface]\nPrivateKey = ${SECRET}\nPostUp = curl -H ${SECRET} x\nAddress = 10.1.0.1/24\n[Peer] # ${SECRET}\nPresharedKey = ${SECRET}\nEndpoint = ${SECRET}:1\nAllowedIPs = 10.2.0.0/16, ${SECRET}\n`,
  ],
  [
    "OpenVPN",
    `client\ndev tun\nremote ${SECRET} 1194\nauth-user-pass ${SECRET}\nroute 10.1.0.0 255.255.0.0 # ${SECRET}\nroute ${SECRET} 255.255.0.0\n<key>\nroute 10.9.0.0 255.255.0.0\n${SECRET}\n</key>\n`,
  ],
  [
    "a Terraform state",
    JSON.stringify({
      version: 4,
      outputs: { password: { value: SECRET } },
      resources: [
        { type: "aws_db_instance", name: SECRET, instances: [{ attributes: { password: SECRET, name: SECRET } }] },
        {
          type: "aws_vpc",
          name: "main",
          instances: [{ attributes: { cidr_block: "10.1.0.0/16", token: SECRET }, private: SECRET }],
        },
        { type: "aws_vpc", name: "odd", instances: [{ attributes: { cidr_block: SECRET } }] },
      ],
    }),
  ],
  [
    "Tailscale",
    JSON.stringify({
      AuthURL: SECRET,
      Self: { HostName: "a", TailscaleIPs: ["100.64.0.1"], PublicKey: SECRET, PrimaryRoutes: ["10.1.0.0/16", SECRET] },
      Peer: { [SECRET]: { HostName: "b", PublicKey: SECRET } },
    }),
  ],
  [
    "NetBox",
    JSON.stringify({
      next: `https://x/?token=${SECRET}`,
      results: [{ id: 1, prefix: "10.1.0.0/16", status: { value: "active" }, custom_fields: { key: SECRET } }],
    }),
  ],
  ["ip -j route", JSON.stringify([{ dst: "10.1.0.0/16", dev: "eth0", flags: [], metrics: [SECRET] }])],
];

describe("an import", () => {
  it.each(SOURCES)("of %s gives a network and nothing that was secret", (_, text) => {
    const { entries, text: printed, notes } = imported(text);
    expect(entries.join()).toContain("10.1.0.0/");
    expect(printed).not.toContain(SECRET);
    expect(notes.join()).not.toContain(SECRET);
  });

  it.each([
    ["a text of no known kind", `password=${SECRET}\n`],
    ["JSON with a mistake in it", `{"password": "${SECRET}", }`],
    ["JSON of no known kind", `{"${SECRET}": "${SECRET}"}`],
  ])("quotes nothing of %s when it refuses it", (_, text) => {
    expect(refusal(text)).not.toContain(SECRET);
    expect(refusal(text, "terraform")).not.toContain(SECRET);
  });

  it("makes one harmless line of a name that stands for several", () => {
    const { text } = imported(
      JSON.stringify({
        Vpcs: [
          {
            VpcId: "vpc-1",
            CidrBlock: "10.1.0.0/16",
            Tags: [{ Key: "Name", Value: "a\nallow: []\u001b[31m\u202e: #" }],
          },
        ],
      }),
    );
    expect(text).toContain('\n    name: "a allow: [] [31m : #"\n');
  });
});

describe("a text that can't be imported", () => {
  it.each([
    ["", "it is empty"],
    ["{", "it begins like JSON, but is none: is a part missing?"],
    ["default via 10.0.0.1 dev eth0\n", "it is the output of ip route without JSON; run ip -j route"],
    [
      "ifIndex DestinationPrefix NextHop\n------- ----\n",
      "it is a table of Get-NetRoute; run Get-NetRoute | Select-Object DestinationPrefix, InterfaceAlias | ConvertTo-Json",
    ],
  ])("is told what it is: %j", (text, fault) => {
    expect(refusal(text)).toBe(fault);
  });

  it("is told what is known", () => {
    expect(refusal("[1]")).toMatch(
      /^it is a JSON list of no kind that is known here: ip -j route \(Linux\); .*; a list /,
    );
    expect(refusal("hello")).toMatch(/^it is text of no kind /);
    expect(refusal("{}")).toMatch(/^it is a JSON object of no kind /);
    expect(refusal("10.0.0.0/8", "wireguard")).toBe("this is not a WireGuard configuration");
  });
});
