import { describe, expect, it } from "vitest";

import { noOverlappingSubnets } from "../../rules/no-overlapping-subnets.js";
import { runESLint, runOurs } from "../lint/both-hosts.js";
import { createFolder } from "../workspace/folder.js";

/** What the rule says of one file among others, the same in both hosts. */
function lint(files: Readonly<Record<string, string>>, file = "a/compose.yaml", options: object = {}) {
  const { path } = createFolder({ "forbidden-ranges.yaml": "version: 1\nid: acme\n", ...files });
  const setup = {
    rules: [noOverlappingSubnets],
    levels: { "no-overlapping-subnets": ["error", options] as const },
    cwd: path,
    settings: { today: "2026-11-28" },
  };
  const [ours, theirs] = [runOurs, runESLint].map((run) => run(setup, `${path}/${file}`, files[file] ?? ""));
  expect(ours).toEqual(theirs);
  return ours?.said ?? [];
}

/** A project with one network of its own. */
function project(definition: string, key = "edge", service = "image: caddy"): string {
  return `services:\n  web: { ${service}, networks: [${key}] }\nnetworks:\n  ${key}: ${definition}\n`;
}

const bridge = (name: string): string => `{ driver_opts: { com.docker.network.bridge.name: ${name} } }`;
const onParent = (driver: string, options: string): string => `{ driver: ${driver}, driver_opts: { ${options} } }`;

describe("two projects that want one interface of the host", () => {
  it("with one bridge: whoever comes second is refused", () => {
    const files = {
      "a/compose.yaml": project(bridge("br-edge")),
      "b/compose.yaml": project(bridge('"br-edge"'), "back"),
    };
    expect(lint(files)).toMatchObject([
      {
        says: "sameInterfaceElsewhere",
        message:
          'Network "edge" has the interface "br-edge", and so has network "back" of project "b" (b/compose.yaml:4:3): while one of the projects is up, "up" of the other fails, because two networks can\'t have one bridge. Name another interface. If they never run on one host, declare it under "hosts" in forbidden-ranges.yaml.',
        place: [4, 58, 4, 65],
      },
    ]);
    expect(lint(files, "b/compose.yaml")).toMatchObject([{ says: "sameInterfaceElsewhere", place: [4, 58, 4, 67] }]);
  });

  it("on the host that runs both, which the message names", () => {
    const hosts = "version: 1\nid: acme\nhosts: { web-1: ['**'] }\n";
    const files = {
      "forbidden-ranges.yaml": hosts,
      "a/compose.yaml": project(bridge("br-edge")),
      "b/compose.yaml": project(bridge("br-edge")),
    };
    const [said] = lint(files);
    expect(said?.message).toContain('(b/compose.yaml:4:3), and both run on host "web-1": while');
    expect(said?.message).not.toContain("declare it under");
  });

  it.each([
    ["a macvlan network in the mode passthru", "macvlan", "parent: eth7, macvlan_mode: passthru", "parent: eth7"],
    ["two ipvlan networks", "ipvlan", "parent: eth7", "parent: eth7, ipvlan_mode: l3"],
  ])("as %s do", (_name, driver, own, other) => {
    const files = {
      "a/compose.yaml": project(onParent(driver, own)),
      "b/compose.yaml": project(onParent(driver, other)),
    };
    const because = `because the driver ${driver} wants it for itself`;
    for (const file of Object.keys(files)) {
      const [said, ...more] = lint(files, file);
      expect(said?.message).toContain(because);
      expect(more).toEqual([]);
    }
  });
});

describe("two projects are fine", () => {
  const own = project(bridge("br-edge"));

  it.each<[string, Readonly<Record<string, string>>]>([
    ["with other bridges", { "a/compose.yaml": own, "b/compose.yaml": project(bridge("br-EDGE")) }],
    [
      "with macvlan networks on one parent",
      {
        "a/compose.yaml": project(onParent("macvlan", "parent: eth7")),
        "b/compose.yaml": project(onParent("macvlan", "parent: eth7")),
      },
    ],
    [
      "with a bridge and a macvlan network on what is called alike",
      { "a/compose.yaml": project(bridge("eth7")), "b/compose.yaml": project(onParent("macvlan", "parent: eth7")) },
    ],
    [
      "where one has no service on the network",
      { "a/compose.yaml": own, "b/compose.yaml": own.replace("[edge]", "[]") },
    ],
    [
      "that publish one port",
      {
        "a/compose.yaml": project(bridge("br-edge"), "edge", 'image: caddy, ports: ["80:80"]'),
        "b/compose.yaml": project(bridge("br-edge"), "edge", 'image: caddy, ports: ["80:80"]'),
      },
    ],
    [
      "with one network by its name",
      {
        "a/compose.yaml": project("{ name: edge, driver_opts: { com.docker.network.bridge.name: br-edge } }"),
        "b/compose.yaml": project("{ name: edge, driver_opts: { com.docker.network.bridge.name: br-edge } }"),
      },
    ],
    ["of one directory, which are alternatives", { "a/compose.yaml": own, "a/compose.prod.yaml": own }],
    [
      "on hosts of their own",
      {
        "forbidden-ranges.yaml": "version: 1\nid: acme\nhosts: { one: [a/**], two: [b/**] }\n",
        "a/compose.yaml": own,
        "b/compose.yaml": own,
      },
    ],
  ])("%s", (_name, files) => {
    expect(lint(files)).toEqual([]);
  });

  it("where the rule looks at one project only", () => {
    expect(lint({ "a/compose.yaml": own, "b/compose.yaml": own }, "a/compose.yaml", { scope: "project" })).toEqual([]);
  });
});
