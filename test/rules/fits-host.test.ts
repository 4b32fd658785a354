import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

import { fitsHost } from "../../rules/fits-host.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { runESLint, runOurs, type Said } from "../lint/both-hosts.js";
import { temporaryFolder } from "../temporary-folder.js";

const top = temporaryFolder("fits-host");
let made = 0;

/** What both hosts say about a policy beside some files. */
function saidOf(policy: string, files: Readonly<Record<string, string>>): readonly Said[] {
  made += 1;
  const cwd = path.join(top, String(made));
  mkdirSync(path.join(cwd, ".git"), { recursive: true });
  for (const [name, text] of Object.entries({ ...files, "forbidden-ranges.yaml": policy })) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    writeFileSync(path.join(cwd, name), text);
  }
  const setup = { rules: [fitsHost], cwd: toPosix(cwd), settings: { today: "2026-11-28" } };
  const file = toPosix(path.join(cwd, "forbidden-ranges.yaml"));
  const said = runOurs(setup, file, policy).said;
  expect(runESLint(setup, file, policy).said).toEqual(said);
  return said;
}

function messagesOf(policy: string, files: Readonly<Record<string, string>>): readonly string[] {
  return saidOf(policy, files).map(({ message }) => message);
}

/** So many projects, each with a network that Docker chooses a subnet for. */
function projects(count: number, text = "services: { web: { image: caddy } }\n"): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`apps/a${index}/compose.yaml`, text]));
}

function policy(more = "", hosts = "{ prod-1: apps/** }"): string {
  return `version: 1\nid: shop\nhosts: ${hosts}\n${more}`;
}

function daemons(base: string, size: number, more = ""): string {
  return `docker: { default-address-pools: [{ base: ${base}, size: ${size} }]${more} }\n`;
}

const DECLARE =
  'Declare "pools" and run compose-networks --fix, or set "default-address-pools" with smaller subnets in daemon.json, and below "docker" here.';

function tooMany(networks: number, room: string, missing: number, advice: string, host = "prod-1"): string {
  return `Host "${host}" has ${networks} networks without an IPv4 subnet, and Docker has ${room} for them: "up" fails for ${missing} of them once all others are up. ${advice}`;
}

describe("a host that hosts names", () => {
  it("has room for 30 automatic networks: docker0 has the first of Docker's 31 subnets", () => {
    expect(messagesOf(policy(), projects(30))).toEqual([]);
  });

  it("is reported at its files when it has one more", () => {
    const [finding, ...others] = saidOf(policy(), projects(31));
    expect(others).toEqual([]);
    expect(finding).toEqual({
      rule: "compose-networks/fits-host",
      says: "tooMany",
      message: tooMany(31, "30 subnets", 1, DECLARE),
      place: [3, 18, 3, 25],
      severity: "error",
      fix: undefined,
      suggestions: [],
    });
  });

  it("has one subnet more where docker0 lies outside of the pools", () => {
    expect(messagesOf(policy("docker: { bip: 10.9.0.1/24 }\n"), projects(31))).toEqual([]);
    expect(messagesOf(policy("docker: { bip: 172.30.0.1/24 }\n"), projects(31))).toHaveLength(1);
  });

  it("has less where written subnets lie in Docker's pools", () => {
    const pinned = {
      "apps/db/compose.yaml":
        "services: { db: { image: i } }\nnetworks: { default: { ipam: { config: [{ subnet: 172.20.0.0/15 }] } } }\n",
    };
    expect(messagesOf(policy(), { ...projects(28), ...pinned })).toEqual([]);
    expect(messagesOf(policy(), { ...projects(29), ...pinned })).toEqual([tooMany(29, "28 subnets", 1, DECLARE)]);
  });

  it("is counted by itself: files of other hosts, and of none, have rooms of their own", () => {
    const files = projects(60);
    const hosts = "{ prod-1: 'apps/a?/**', prod-2: 'apps/a[0-9]?/**' }";
    expect(messagesOf(policy("", hosts), files)).toEqual([]);
    expect(messagesOf(policy("", "{ prod-1: apps/a1/** }"), files)).toEqual([]);
    expect(messagesOf(policy("", "{ prod-1: 'apps/a?/**', prod-2: 'apps/a??/**' }"), files)).toEqual([
      tooMany(50, "30 subnets", 20, DECLARE, "prod-2"),
    ]);
  });

  it("without hosts, nothing is reported: samples never run together", () => {
    expect(messagesOf("version: 1\nid: shop\n", projects(40))).toEqual([]);
  });
});

describe("networks that are counted", () => {
  const rest = projects(29);
  const say = (files: Readonly<Record<string, string>>): number => messagesOf(policy(), { ...rest, ...files }).length;

  it("one network of the engine once, whoever declares it", () => {
    const shared = "services: { a: { image: i, networks: [x] } }\nnetworks: { x: { name: shared } }\n";
    expect(say({ "apps/b/compose.yaml": shared, "apps/c/compose.yaml": shared })).toBe(0);
    expect(say({ "apps/b/compose.yaml": shared, "apps/c/compose.yaml": shared.replace("shared", "other") })).toBe(1);
  });

  it("none that somebody pins, that is external, that no service joins, or that a plugin or a swarm looks after", () => {
    const text = `services: { a: { image: i, networks: [pinned, ext, plug, swarm] } }
networks:
  pinned: { ipam: { config: [{ subnet: 10.7.0.0/24 }] } }
  ext: { external: true }
  unused: {}
  plug: { driver: weave }
  swarm: { driver: overlay }
`;
    expect(say({ "apps/b/compose.yaml": text, "apps/c/compose.yaml": text.replace("10.7.", "10.8.") })).toBe(0);
  });

  it("one of a macvlan too, which takes from the same pools", () => {
    const text = "services: { a: { image: i, networks: [x, y] } }\nnetworks: { x: { driver: macvlan }, y: {} }\n";
    expect(say({ "apps/b/compose.yaml": text })).toBe(1);
  });

  it("those of the profile that wants most, and of all that COMPOSE_PROFILES enables", () => {
    const text = `services:
  a: { image: i, profiles: [one], networks: [x] }
  b: { image: i, profiles: [two], networks: [y] }
networks: { x: {}, y: {} }
`;
    expect(say({ "apps/b/compose.yaml": text })).toBe(0);
    expect(say({ "apps/b/compose.yaml": text, "apps/b/.env": "COMPOSE_PROFILES=one,two\n" })).toBe(1);
  });

  it("those of the largest of the files in one directory, which are one project to Compose", () => {
    const text = (...names: readonly string[]): string =>
      `services: { a: { image: i, networks: [${names.join(", ")}] } }\nnetworks: { ${names.map((name) => `${name}: {}`).join(", ")} }\n`;
    expect(say({ "apps/b/compose.yaml": text("x"), "apps/b/compose.dev.yaml": text("y") })).toBe(0);
    expect(say({ "apps/b/compose.yaml": text("x"), "apps/b/compose.dev.yaml": text("y", "z") })).toBe(1);
  });
});

describe("the smallest change that helps", () => {
  const cut = (base: string, size: number): string => `Set the size of ${base} to ${size}, in daemon.json and here.`;

  it("cuts a declared pool of the daemons finer", () => {
    const before = policy(daemons("10.202.0.0/22", 24));
    const [finding] = saidOf(before, projects(6));
    expect(finding?.message).toBe(tooMany(6, "3 subnets", 3, cut("10.202.0.0/22", 25)));
    const start = before.indexOf("24 }");
    expect(finding?.suggestions).toEqual([
      {
        title: "Cut 10.202.0.0/22 into subnets of /25, in daemon.json too.",
        range: [start, start + 2],
        text: "25",
      },
    ]);
    expect(messagesOf(before.replace("24 }", "25 }"), projects(6))).toEqual([]);
    expect(messagesOf(before, projects(9))).toEqual([tooMany(9, "3 subnets", 6, cut("10.202.0.0/22", 26))]);
  });

  it("leaves room for the containers of the largest network", () => {
    const large = projects(6, "services: { web: { image: caddy, scale: 130 } }\n");
    expect(messagesOf(policy(daemons("10.202.0.0/22", 24)), large)).toEqual([
      tooMany(6, "3 subnets", 3, 'Add a pool to "default-address-pools", in daemon.json and here.'),
    ]);
  });

  it("is to pin the networks where the pools of the policy have room", () => {
    const pools = "pools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n";
    expect(messagesOf(policy(pools), projects(31))).toEqual([
      tooMany(31, "30 subnets", 1, "Run compose-networks --fix: it gives each network a subnet from the pools."),
    ]);
  });

  it("cuts a pool of the plan finer, where that is too small", () => {
    const before = policy("pools: [{ cidr: 10.201.0.0/22, prefix: 24 }]\n");
    const [finding, ...others] = saidOf(before, projects(6));
    expect(others).toEqual([]);
    expect(finding?.message).toBe(
      'The pools have no subnet for 2 of the 6 networks without one on host "prod-1": --fix leaves them to Docker. Set the prefix of 10.201.0.0/22 to 25.',
    );
    const start = before.indexOf("24 }");
    expect(finding?.suggestions).toEqual([
      { title: "Cut the pool 10.201.0.0/22 into subnets of /25.", range: [start, start + 2], text: "25" },
    ]);
    expect(messagesOf(before.replace("24 }", "25 }"), projects(6))).toEqual([]);
  });

  it("is another pool where none can be cut that far", () => {
    const small = policy("pools: [{ cidr: 10.201.0.0/28, prefix: 28 }]\n");
    expect(messagesOf(small, projects(3))).toEqual([
      'The pools have no subnet for 2 of the 3 networks without one on host "prod-1": --fix leaves them to Docker. Add a pool to "pools".',
    ]);
  });
});

describe("a policy that extends another one", () => {
  it("is reported at its first line where the other one names the host", () => {
    const own = "version: 1\nid: shop\nextends: [company.yaml]\n";
    const company = { "company.yaml": 'version: 1\nhosts: { prod-1: "apps/**" }\n' };
    const [finding, ...others] = saidOf(own, { ...projects(31), ...company });
    expect(others).toEqual([]);
    expect(finding?.place).toEqual([1, 1, 1, 11]);
  });
});
