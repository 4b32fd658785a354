import { describe, expect, it } from "vitest";

import { folderWith } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { byCommand, byESLint } from "./hosts.js";

const POLICY = `version: 1
id: shapes
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

function withPolicy(files: Readonly<Record<string, string>>) {
  return folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
}

function service(address: string, network: string): string {
  return `services:
  s: { image: x, networks: { app: { ipv4_address: ${address} } } }
networks:
  app: ${network}
`;
}

describe("a value that a template engine puts in is unknown, and no fault", () => {
  it.each([
    ["Jinja, in quotes", service('"{{ ip }}"', '{ ipam: { config: [{ subnet: "{{ net }}", gateway: "{{ gw }}" }] } }')],
    ["a part of a subnet", service('"{{ p }}.9"', '{ ipam: { config: [{ subnet: "{{ p }}.0/24" }] } }')],
    ["ERB", service('"<%= ip %>"', '{ ipam: { config: [{ subnet: "<%= net %>" }] } }')],
    [
      "a Jinja block in a value",
      service("10.201.3.9", '{ ipam: { config: [{ subnet: "{% if x %}10.0.0.0/8{% endif %}" }] } }'),
    ],
  ])("%s", async (_name, text) => {
    const folder = withPolicy({ "templates/docker-compose.yml": text });
    expect(await byCommand(folder)).toEqual([]);
    expect(await byESLint(folder)).toEqual([]);
    const { stdout } = await inProcess(folder.path, ["templates/docker-compose.yml"]);
    expect(stdout).toContain('looks like a template, so network "app" is unknown, check what is made of it instead');
    expect(stdout).not.toContain("no findings");
  });
});

describe("a pool that an override leaves out", () => {
  const BASE = `services: { app: { image: x, networks: [net] } }
networks:
  net:
    enable_ipv6: true
    ipam: { config: [{ subnet: 10.201.1.0/24 }, { subnet: "fd4d:6169:6c63:6f77::/64" }] }
`;
  const override = (off: string, pools: string): string =>
    `networks:\n  net:\n    ${off}\n    ipam: { config: [${pools}] }\n`;

  it("is not lost where its family is off", async () => {
    const files = {
      "compose.yaml": BASE,
      "compose.override.yaml": override("enable_ipv6: false", "{ subnet: 10.201.1.0/24 }"),
    };
    expect(await byCommand(withPolicy(files))).toEqual([]);
    expect(await byESLint(withPolicy(files))).toEqual([]);
  });

  it("is not lost where another subnet takes the place of the one that is on", async () => {
    const files = {
      "compose.yaml": BASE,
      "compose.override.yaml": override("enable_ipv6: false", "{ subnet: 10.201.9.0/24 }"),
    };
    expect(await byCommand(withPolicy(files))).toEqual([]);
  });

  it("is lost where its family is on", async () => {
    const files = {
      "compose.yaml": BASE,
      "compose.override.yaml": override("internal: true", "{ subnet: 10.201.1.0/24 }"),
    };
    expect(await byCommand(withPolicy(files))).toContain("no-lossy-ipam-override compose.override.yaml:4:13");
  });
});

describe("static addresses on a network without a subnet", () => {
  it("are one finding of the network, in both hosts", async () => {
    const text = `services:
  vpn: { image: gluetun, networks: { lan: { ipv4_address: 192.168.9.50 } } }
  tor: { image: tor, networks: { lan: { ipv4_address: 192.168.9.7 } } }
networks:
  lan:
`;
    const folder = withPolicy({ "compose.yaml": text });
    expect(await byCommand(folder)).toEqual(["require-subnet compose.yaml:5:3"]);
    expect(await byESLint(folder)).toEqual(["require-subnet compose.yaml:5:3"]);
    const { stdout } = await inProcess(folder.path, []);
    expect(stdout).toContain('no subnet contains 192.168.9.50 of service "vpn" and 192.168.9.7 of service "tor"');
  });
});
