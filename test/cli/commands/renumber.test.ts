import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { COLLIDING, folderWith, OPEN, POLICY, run, type Folder } from "../command.js";

const BASE = `services:
  web:
    image: nginx
    networks:
      back: { ipv4_address: 192.168.0.7 }
    extra_hosts: ["db:192.168.0.9"]
    environment: { PASSWORD: "192.168.0.8" }
    dns: 192.168.0.10
    command: serve --allow 192.168.0.0/24
networks:
  back:
    ipam:
      config:
        - subnet: 192.168.0.0/24 # the old one
          gateway: 192.168.0.1
`;
const OVERRIDE = `services:
  db:
    image: postgres
    networks: { back: { ipv4_address: "192.168.0.9" } }
`;

function shop(others: Readonly<Record<string, string>> = {}): Folder {
  return folderWith({
    "forbidden-ranges.yaml": POLICY,
    "compose.yaml": BASE,
    "compose.override.yaml": OVERRIDE,
    ...others,
  });
}

describe("compose-networks renumber", () => {
  it("shows what it would write, as a diff that git applies, and writes nothing", () => {
    const folder = shop();
    const { status, stdout, stderr } = run(folder, ["renumber", "back", "--to", "10.201.3.0/24"]);
    expect(status).toBe(0);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      '# network "back": 192.168.0.0/24 to 10.201.3.0/24',
      expect.stringContaining('Compose before 2.31 needs "docker compose down" first'),
      "--- a/compose.yaml",
    ]);
    expect(folder.text("compose.yaml")).toBe(BASE);
    expect(stderr).toBe(
      [
        "compose-networks: compose.yaml:6:23 names an address of the old subnet: change it by hand\n",
        "compose-networks: compose.yaml:7:31 names an address of the old subnet: change it by hand\n",
        "compose-networks: compose.yaml:8:10 names an address of the old subnet: change it by hand\n",
        "compose-networks: compose.yaml:9:28 names an address of the old subnet: change it by hand\n",
      ].join(""),
    );
    const applied = spawnSync("git", ["apply"], { cwd: folder.path, input: stdout });
    expect(applied.status).toBe(0);
    expect(folder.text("compose.override.yaml")).toContain('"10.201.3.9"');
  });

  it("writes all files with --fix, and leaves what is none of its business", () => {
    const folder = shop();
    const { status, stdout } = run(folder, ["renumber", "back", "--fix"]);
    expect(status).toBe(0);
    const [, start = ""] = /to (10\.201\.\d+\.)0\/24, in compose.yaml, compose.override.yaml\n/.exec(stdout) ?? [];
    expect(start).not.toBe("");
    expect(folder.text("compose.override.yaml")).toBe(OVERRIDE.replace("192.168.0.", start));
    const [services = "", networks = ""] = BASE.split("networks:\n  back:\n");
    expect(folder.text("compose.yaml")).toBe(
      `${services.replace("192.168.0.7", `${start}7`)}networks:\n  back:\n${networks.replaceAll("192.168.0.", start)}`,
    );
    expect(run(folder, []).status).toBe(0);
  });

  it("writes nothing when one of the files can't be edited", () => {
    const folder = shop({ "compose.override.yaml": OVERRIDE.replace("192.168.0.9", "${DB}") });
    const { status, stdout, stderr } = run(folder, ["renumber", "back", "--fix"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      'nothing is renumbered, because of its address of service "db", $DB has no value here and no default (compose.override.yaml:4:39)',
    );
    expect(folder.text("compose.yaml")).toBe(BASE);
  });

  it("finds a network by the engine's name, and says when a key is not enough", () => {
    const folder = folderWith({ "a/compose.yaml": COLLIDING, "b/compose.yaml": COLLIDING });
    expect(run(folder, ["renumber", "default", "--to", "10.1.0.0/24"]).stderr).toContain(
      'network "default" is in several projects: a_default (a/compose.yaml), b_default (b/compose.yaml)',
    );
    expect(run(folder, ["renumber", "a_default", "--to", "10.1.0.0/24", "--fix"]).status).toBe(0);
    expect(folder.text("a/compose.yaml")).toContain("10.1.0.0/24");
    expect(run(folder, ["renumber", "nobody"]).stderr).toContain('no project here has a network "nobody"');
  });

  it.each([
    [
      "a place is asked for that is taken",
      ["--to", "10.201.7.0/25"],
      'network "default" of api/compose.yaml lies there',
    ],
    [
      "a place is asked for that is forbidden",
      ["--to", "192.168.0.0/25"],
      'the forbidden range "office LAN" lies there',
    ],
    ["the place is too small", ["--to", "10.201.4.0/29"], "10.201.4.0/29 is too small to keep its address"],
    ["the network has no such family", ["--to", "fd00::/64"], 'network "back" has no IPv6 subnet to move'],
    ["the place has host bits", ["--to", "10.201.4.1/24"], "host bits are set"],
    ["it is to write and not to write", ["--fix", "--fix-dry-run"], "choose one"],
  ])("says why it can't when %s", (_name, args, message) => {
    const folder = shop({ "api/compose.yaml": COLLIDING.replace("192.168.0.0", "10.201.7.0") });
    const { status, stderr } = run(folder, ["renumber", "back", ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  it("takes no pool for granted", () => {
    const folder = folderWith({ "compose.yaml": COLLIDING });
    expect(run(folder, ["renumber", "default"]).stderr).toContain("no pool is declared, so say where to: --to CIDR");
  });

  it("refuses a network that an included file has too", () => {
    const back = "networks:\n  back: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }\n";
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": `include: [parts/compose.yaml]\nservices:\n  web: { image: nginx, networks: [back] }\n${back}`,
      "parts/compose.yaml": back,
    });
    const { status, stderr } = run(folder, ["renumber", "back", "compose.yaml", "--fix"]);
    expect(status).toBe(2);
    expect(stderr).toContain(
      'a file that include puts together with it has a network "back" too (parts/compose.yaml:2:3)',
    );
  });

  it("refuses to tear apart what another project shares", () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": BASE.replace("image: nginx", "extends: { file: ../common.yaml, service: web }").replace(
        "      back: { ipv4_address: 192.168.0.7 }\n",
        "      back: {}\n",
      ),
      "b/compose.yaml":
        "services:\n  web: { extends: { file: ../common.yaml, service: web } }\nnetworks:\n  back: { ipam: { config: [{ subnet: 192.168.0.0/24 }] } }\n",
      "common.yaml": "services:\n  web: { image: nginx, networks: { back: { ipv4_address: 192.168.0.7 } } }\n",
    });
    const { status, stderr } = run(folder, ["renumber", "a_back", "--fix"]);
    expect(status).toBe(2);
    expect(stderr).toContain('network "back" of project "b" shares a part of it (common.yaml:2:58)');
  });
});

describe("compose-networks free", () => {
  it("shows the next subnets of each pool, and who has the others", () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": `${POLICY}  - { cidr: 192.168.0.0/23, prefix: 25, for: lab }\n`,
      "compose.yaml": COLLIDING.replace("192.168.0.0", "10.201.0.0"),
    });
    expect(run(folder, ["free", "--count", "2"]).stdout).toBe(`10.201.0.0/16  (forbidden-ranges.yaml:6:13)
  free     10.201.1.0/24
  free     10.201.2.0/24
  taken    10.201.0.0/24  network "default" of compose.yaml

192.168.0.0/23  (forbidden-ranges.yaml:7:13, for lab)
  free     192.168.1.0/25
  free     192.168.1.128/25
  taken    192.168.0.0/24  the forbidden range "office LAN"

4 free subnets shown of 2 pools
`);
  });

  it("shows what is planned for networks that have no subnet yet", () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/24"),
      "compose.yaml": OPEN,
    });
    const { status, stdout } = run(folder, ["free"]);
    expect([status, stdout]).toEqual([
      1,
      expect.stringContaining('  no /24 is free\n  planned  10.201.0.0/24  network "default" of compose.yaml\n'),
    ]);
  });

  it("shows subnets of another size, and fails when there is none", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY.replace("10.201.0.0/16", "10.201.0.0/23") });
    expect(run(folder, ["free", "--prefix", "30", "--count", "1"]).stdout).toContain("  free     10.201.0.0/30\n");
    const none = run(folder, ["free", "--prefix", "8"]);
    expect([none.status, none.stdout]).toEqual([1, expect.stringContaining("  no /8 is free\n")]);
  });

  it("says when no pool is declared", () => {
    const { status, stderr } = run(folderWith({ "compose.yaml": COLLIDING }), ["free"]);
    expect([status, stderr]).toEqual([2, expect.stringContaining("no pool is declared")]);
  });
});
