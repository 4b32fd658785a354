import { expect, it } from "vitest";

import { folderWith, run } from "../command.js";

/** What a terminal, a log or a runner of GitHub's would take for more than text. */
const AFTER = "\u001B[31m\u202E\n::error::owned\r\u0007\u2028\u009B";
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** The fields of a snapshot that are texts; each holds its own name, and then what must not be printed as it is. */
const hostile = (field: string): string => `${field}${AFTER}`;

function network(index: number, subnet: string, more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    id: hostile(`id${index}`),
    name: hostile(`name${index}`),
    driver: "bridge",
    scope: "local",
    subnets: [subnet],
    device: hostile("bridge"),
    ...more,
  };
}

function snapshot(networks: readonly unknown[], runs = "here"): string {
  return JSON.stringify({
    kind: "compose-networks host snapshot",
    version: 1,
    takenAt: hostile("taken"),
    system: "linux",
    routes: [
      { to: "10.50.7.0/24", table: hostile("table"), hops: [{ device: hostile("tunnel") }] },
      { to: "10.50.0.0/16", hops: [{ device: hostile("vpn"), gateway: "10.1.1.1" }] },
    ],
    rules: [
      { family: 4, priority: 0, table: "local", others: [hostile("condition")], incoming: hostile("in") },
      { family: 4, priority: 5, table: hostile("table"), others: [] },
      { family: 4, priority: 9, table: "main", others: [], outgoing: hostile("out") },
    ],
    addresses: [{ device: hostile("card"), address: "10.50.7.5/24", up: true }],
    nameServers: [{ address: "10.50.7.53", from: hostile("resolver") }],
    peers: [{ address: "10.50.7.9", local: "10.50.7.5", port: 22, session: true }],
    daemonFile: {
      path: hostile("path"),
      pools: [{ base: "10.50.0.0/16", size: 24 }],
      faults: [hostile("fault")],
      newerThanDaemon: true,
    },
    engine: {
      release: hostile("release"),
      runs,
      pools: [{ base: "10.50.0.0/16", size: 24 }],
      networks,
      containers: [
        {
          name: hostile("container"),
          running: true,
          networks: [hostile("name1")],
          project: hostile("project"),
          directory: hostile("directory"),
          files: [hostile("composefile")],
        },
      ],
    },
    missing: [{ what: hostile("what"), why: hostile("why") }],
  });
}

const NETWORKS = [
  network(1, "10.50.7.0/24", {
    project: hostile("project"),
    key: hostile("key"),
    createdAt: hostile("created"),
    declared: { file: hostile("declaration"), line: 3, subnets: ["10.60.0.0/24"] },
  }),
  network(2, "10.50.8.0/24", {}),
];

const folder = () =>
  folderWith({
    "forbidden-ranges.yaml": "version: 1\nid: x\nforbidden:\n  - { cidr: 10.50.0.0/16, name: vpn }\n",
    "host.json": snapshot(NETWORKS),
    "rootless.json": snapshot(NETWORKS, "rootless"),
    "empty.json": snapshot([]),
    "kind.json": JSON.stringify({ kind: hostile("kind") }),
    "version.json": JSON.stringify({ kind: "compose-networks host snapshot", version: hostile("version") }),
    "system.json": snapshot(NETWORKS).replace('"linux"', JSON.stringify(hostile("system"))),
    "route.json": snapshot(NETWORKS).replace('"10.50.0.0/16"', JSON.stringify(hostile("prefix"))),
    "cut.json": `{ "kind": "${AFTER}`,
  });

it.each([
  [
    "doctor --from host.json",
    "name1 name2 project key composefile declaration card vpn tunnel table container fault what why release",
  ],
  ["doctor --from rootless.json", "name1 name2 project key composefile declaration vpn tunnel fault what why release"],
  ["doctor --from host.json 10.50.7.9", "name1 tunnel"],
  ["doctor --from host.json 10.50.9.9", "vpn"],
  ["doctor --from host.json --format json", "name1 release fault"],
  ["doctor --diff empty.json host.json", "name1 name2 what why"],
  ["doctor --diff host.json empty.json", "name1 name2 what why"],
  ["doctor --diff empty.json host.json --format json", "name1"],
  ["map --from host.json", "name1"],
  ["map --from host.json --format svg", "name1"],
  ["map --from host.json --format html", "name1"],
  ["import host.json", ""],
  ["doctor --from kind.json", ""],
  ["doctor --from version.json", "version"],
  ["doctor --from system.json", "system"],
  ["doctor --from route.json", "prefix"],
  ["doctor --from cut.json", ""],
  ["map --from version.json", "version"],
  ["map --from system.json", "system"],
])("%s prints no sign of a snapshot that is more than text", (command, fields) => {
  const { stdout, stderr } = run(folder(), command.split(" "));
  const printed = stdout + stderr;
  for (const line of printed.split("\n")) {
    expect(line).not.toMatch(UNPRINTABLE);
    expect(line.trimStart()).not.toMatch(/^::/);
  }
  // What holds them was printed all the same.
  for (const field of fields.split(" ").filter(Boolean)) expect(printed).toContain(field);
});
