import { describe, expect, it } from "vitest";

import { folderWith, officeVpn, OPEN, run } from "./command.js";

const EVERYTHING = `name: shop
services:
  web: { image: nginx, networks: [front, back, lan, given, odd, broken] }
  job: { image: busybox }
networks:
  front:
    enable_ipv6: true
    ipam: { config: [{ subnet: 10.1.0.0/24 }, { subnet: "fd00:1::/64" }] }
  back: { name: backbone }
  lan: { driver: weave }
  given: { external: true }
  odd: { ipam: { config: [{ subnet: $ODD }] } }
  broken: { ipam: { config: [{ subnet: 10.1.0.0/33 }] } }
  spare: {}
`;

describe("list", () => {
  it("shows what each project would create", () => {
    const { status, stdout, stderr } = run(officeVpn(), ["list"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`shop  compose.yaml
  network  name        driver  IPv4                                       IPv6  services
  front    shop_front  bridge  chosen by Docker, planned 10.201.155.0/24  none  proxy, web
  back     shop_back   bridge  192.168.0.0/24                             none  web, api, db

listed 1 project, 2 networks
`);
  });

  it("says why something can't be told", () => {
    const { stdout } = run(folderWith({ "compose.yaml": EVERYTHING }), ["list"]);
    const row = (network: string): string => stdout.split("\n").find((line) => line.startsWith(`  ${network} `)) ?? "";
    expect(row("front")).toMatch(/shop_front +bridge +10\.1\.0\.0\/24 +fd00:1::\/64 +web$/);
    expect(row("back")).toMatch(/backbone +bridge +chosen by Docker +none +web$/);
    expect(row("lan")).toContain('unknown: the plugin "weave" decides');
    expect(row("given")).toMatch(/given +web \(external, must exist already\)$/);
    expect(row("odd")).toContain("unknown: $ODD has no value here and no default");
    expect(row("broken")).toContain("the engine refuses it: invalid subnet 10.1.0.0/33");
    expect(row("spare")).toMatch(/none, so it is not created$/);
    expect(row("default (implicit)")).toMatch(/shop_default +bridge +chosen by Docker +none +job$/);
    expect(stdout).toMatch(/\nlisted 1 project, 8 networks\n$/);
  });

  it("gives the same as JSON", () => {
    const { status, stdout } = run(folderWith({ "apps/shop/compose.yaml": EVERYTHING }), ["list", "--format", "json"]);
    expect(status).toBe(0);
    const { version, projects } = JSON.parse(stdout) as { version: number; projects: { networks: unknown[] }[] };
    expect(version).toBe(1);
    expect(projects).toHaveLength(1);
    expect(projects[0]).toMatchObject({ name: "shop", directory: "apps/shop", files: ["apps/shop/compose.yaml"] });
    expect(projects[0]?.networks[0]).toEqual({
      key: "front",
      name: "shop_front",
      implicit: false,
      external: false,
      created: true,
      driver: "bridge",
      services: ["web"],
      ipv4: { mode: "explicit", subnets: ["10.1.0.0/24"] },
      ipv6: { mode: "explicit", subnets: ["fd00:1::/64"] },
      location: { file: "apps/shop/compose.yaml", line: 6, column: 3 },
    });
    expect(projects[0]?.networks).toMatchObject([
      { key: "front" },
      { key: "back", name: "backbone", ipv4: { mode: "automatic", subnets: [] }, ipv6: { mode: "disabled" } },
      { key: "lan", ipv4: { mode: "unknown" } },
      { key: "given", external: true, created: false },
      { key: "odd", ipv4: { mode: "unknown" } },
      { key: "broken", ipv4: { mode: "unknown" } },
      { key: "spare", created: false, services: [] },
      { key: "default", implicit: true, created: true, services: ["job"], location: { line: 2, column: 1 } },
    ]);
  });

  it("shows several files of one project as one project", () => {
    const folder = folderWith({
      "shop/compose.yaml": OPEN,
      "shop/compose.override.yaml": "networks:\n  default:\n    ipam: { config: [{ subnet: 10.1.0.0/24 }] }\n",
    });
    const { stdout } = run(folder, ["list", "--format", "json"]);
    const { projects } = JSON.parse(stdout) as { projects: unknown[] };
    expect(projects).toMatchObject([
      {
        name: "shop",
        files: ["shop/compose.yaml", "shop/compose.override.yaml"],
        networks: [{ key: "default", ipv4: { mode: "explicit", subnets: ["10.1.0.0/24"] } }],
      },
    ]);
  });

  it("names files that are no YAML, and lists the others", () => {
    const folder = folderWith({ "a/compose.yaml": "a: {\n", "b/compose.yaml": OPEN });
    const { status, stdout, stderr } = run(folder, ["list"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^compose-networks: a\/compose\.yaml:\d+:\d+: /);
    expect(stdout).toMatch(/^b {2}b\/compose\.yaml\n/);
  });

  it("exits with 3 when there is nothing to list, and with 2 for a path that is not there", () => {
    expect(run(folderWith(), ["list"]).status).toBe(3);
    expect(run(folderWith(), ["list", "nowhere"])).toMatchObject({ status: 2, stdout: "" });
  });

  it("takes a path of that name behind --", () => {
    const folder = folderWith({ "list/compose.yaml": OPEN });
    expect(run(folder, ["--", "list"]).stdout).toMatch(/^list\/compose\.yaml:1:1 {2}error/);
  });

  it("takes no option that only a check has", () => {
    const { status, stderr } = run(folderWith(), ["list", "--fix"]);
    expect(status).toBe(2);
    expect(stderr).toContain("list knows no option --fix");
  });
});
