import { describe, expect, it } from "vitest";

import { folderWith, officeVpn, OPEN, run } from "../command.js";

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
  network  name        driver  IPv4                                       IPv6  services      written at
  front    shop_front  bridge  chosen by Docker, planned 10.201.155.0/24  none  proxy, web    compose.yaml:46:3
  back     shop_back   bridge  192.168.0.0/24                             none  web, api, db  compose.yaml:49:3, subnet compose.yaml:52:19

Docker chooses an IPv4 subnet for 1 network, and has 29 to choose from
listed 1 project, 2 networks
`);
  });

  it("says why something can't be told", () => {
    const { stdout } = run(folderWith({ "compose.yaml": EVERYTHING }), ["list"]);
    const row = (network: string): string => stdout.split("\n").find((line) => line.startsWith(`  ${network} `)) ?? "";
    expect(row("front")).toMatch(
      /shop_front +bridge +10\.1\.0\.0\/24 +fd00:1::\/64 +web +compose\.yaml:6:3, subnets compose\.yaml:8:32, compose\.yaml:8:57$/,
    );
    expect(row("back")).toMatch(/backbone +bridge +chosen by Docker +none +web +compose\.yaml:9:3$/);
    expect(row("lan")).toContain('unknown: the plugin "weave" decides');
    expect(row("given")).toMatch(/given +web \(external, must exist already\) +compose\.yaml:11:3$/);
    expect(row("odd")).toContain("unknown: $ODD has no value here and no default");
    expect(row("broken")).toContain("the engine refuses it: invalid subnet 10.1.0.0/33");
    expect(row("spare")).toMatch(/none, so it is not created +compose\.yaml:14:3$/);
    expect(row("default (implicit)")).toMatch(/shop_default +bridge +chosen by Docker +none +job +compose\.yaml:2:1$/);
    expect(stdout).toMatch(/\nlisted 1 project, 8 networks\n$/);
  });

  it.each([
    ["driver: host", 'the driver "host" makes no network'],
    ["driver: none", 'the driver "none" makes no network'],
    ['driver: "null"', 'the driver "null" makes no network'],
    ["driver: default", 'the driver "default" makes no network'],
    ["ipam: { driver: none }", 'the ipam driver "none" makes no network'],
    ['ipam: { driver: "null" }', 'the ipam driver "null" makes no network'],
    ['name: "${NET:-bridge}"', 'the name "bridge" is the one of a network that Docker brings along'],
    ["enable_ipv4: false", "IPv4 or IPv6 must be enabled"],
    ["ipam: { config: [{ gateway: 10.1.0.1 }] }", "gateway without a subnet"],
  ])("says of %s what check says", (definition, because) => {
    const text = `services: { web: { image: nginx, networks: [back] } }\nnetworks:\n  back: { ${definition} }\n`;
    const folder = folderWith({ "compose.yaml": text });
    expect(run(folder, ["list"]).stdout).toContain(`the engine refuses it: ${because}`);
    const { findings } = JSON.parse(run(folder, ["--format", "json"]).stdout) as { findings: unknown[] };
    expect(findings).toEqual([
      expect.objectContaining({
        rule: "compose-networks/valid-ipam",
        outcome: "refused",
        by: "engine",
        phase: "create",
      }),
    ]);
  });

  it("says where a word comes from that is not shown, as check does", () => {
    const text = "services: { web: { image: nginx, networks: [back] } }\nnetworks:\n  back: { driver: $DRIVER }\n";
    const folder = folderWith({ "compose.yaml": text, ".env": "A=1\nDRIVER=host\n" });
    expect(run(folder, ["list"]).stdout).toContain(
      'the engine refuses it: the driver "$DRIVER" makes no network, from DRIVER (set in .env:2)',
    );
    const log = JSON.parse(run(folder, ["--format", "sarif"]).stdout) as { runs: { results: unknown[] }[] };
    expect(log.runs[0]?.results).toEqual([
      expect.objectContaining({
        message: {
          text: 'No network can be made with the driver "$DRIVER", which network "back" asks for. The engine refuses it. Leave it out.',
        },
        relatedLocations: [
          expect.objectContaining({
            physicalLocation: {
              artifactLocation: { uri: ".env", uriBaseId: "SRCROOT" },
              region: { startLine: 2, startColumn: 1 },
            },
            message: { text: "the value of DRIVER" },
          }),
        ],
      }),
    ]);
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
      ipv4: {
        mode: "explicit",
        subnets: ["10.1.0.0/24"],
        locations: [{ file: "apps/shop/compose.yaml", line: 8, column: 32 }],
      },
      ipv6: {
        mode: "explicit",
        subnets: ["fd00:1::/64"],
        locations: [{ file: "apps/shop/compose.yaml", line: 8, column: 57 }],
      },
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

  it("says which line of which file counts", () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": "version: 1\nprojects: [[base.yaml, deploy/prod.yaml]]\n",
      "base.yaml":
        "services: { web: { image: nginx } }\nnetworks:\n  default:\n    ipam: { config: [{ subnet: 10.1.0.0/24 }] }\n",
      "deploy/prod.yaml": "networks:\n  default:\n    ipam: { config: [{ subnet: 10.2.0.0/24 }] }\n",
    });
    expect(run(folder, ["list"]).stdout).toMatch(/10\.2\.0\.0\/24 .* base\.yaml:3:3, subnet deploy\/prod\.yaml:3:32\n/);
  });

  it("counts a variable of the shell only when it is named", () => {
    const folder = folderWith({
      "compose.yaml":
        "services: { web: { image: nginx } }\nnetworks:\n  default: { ipam: { config: [{ subnet: '$SUBNET' }] } }\n",
      ".env": "SUBNET=10.1.0.0/24\n",
    });
    const env = { SUBNET: "10.3.0.0/24" };
    const subnetWith = (...args: string[]): string | undefined =>
      /10\.\d\.0\.0\/24/.exec(run(folder, ["list", ...args], { env }).stdout)?.[0];
    expect(subnetWith()).toBe("10.1.0.0/24");
    expect(subnetWith("--env", "SUBNET=10.2.0.0/24")).toBe("10.2.0.0/24");
    expect(subnetWith("--env=SUBNET")).toBe("10.3.0.0/24");
    expect(subnetWith("--env", "SUBNET", "--env", "SUBNET=10.2.0.0/24", "--env", "UNSET_HERE")).toBe("10.2.0.0/24");
  });

  it("prints nothing of what should be a variable and is none", () => {
    const { status, stderr } = run(folderWith(), ["list", "--env", "pass word=hunter2"]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      "compose-networks: --env: a variable is written NAME=VALUE, or NAME for the shell's own value\n",
    );
  });

  it("shows all networks, or those of some profiles", () => {
    const folder = folderWith({
      "compose.yaml": `services:
  web: { image: nginx, networks: [front] }
  psql: { image: postgres, networks: [back], profiles: [debug, ops] }
  mail: { image: mail, profiles: [mail] }
networks: { front: , back: }
`,
    });
    const createdWith = (...args: string[]): string[] => {
      const { projects } = JSON.parse(run(folder, ["list", "--format=json", ...args]).stdout) as {
        projects: { networks: { key: string; created: boolean; services: string[] }[] }[];
      };
      return projects.flatMap(({ networks }) => networks.flatMap(({ key, created }) => (created ? [key] : [])));
    };
    expect(createdWith()).toEqual(["front", "back", "default"]);
    expect(createdWith("--profile", "ops")).toEqual(["front", "back"]);
    expect(createdWith("--profile", "none")).toEqual(["front"]);
    expect(createdWith("--profile=mail", "--profile=debug")).toEqual(["front", "back", "default"]);
    expect(createdWith("--profile", "*")).toEqual(["front", "back", "default"]);
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
