import { describe, expect, it } from "vitest";

import { noAddressRace } from "../../rules/no-address-race.js";
import { subnetSize } from "../../rules/subnet-size.js";
import { validStaticAddress } from "../../rules/valid-static-address.js";
import { runESLint, runOurs } from "../lint/both-hosts.js";
import { createFolder } from "../workspace/folder.js";

const RULES = [noAddressRace, subnetSize, validStaticAddress];

/** What the rules say of the project that joins, the same in both hosts, without what they say where. */
function lint(
  files: Readonly<Record<string, string>>,
  file = "b/compose.yaml",
): readonly (readonly [string | null, string])[] {
  const { path } = createFolder({ "forbidden-ranges.yaml": "version: 1\nid: acme\n", ...files });
  const setup = { rules: RULES, cwd: path, settings: { today: "2026-11-28" } };
  const [ours, theirs] = [runOurs, runESLint].map((run) => run(setup, `${path}/${file}`, files[file] ?? ""));
  expect(ours).toEqual(theirs);
  return (ours?.said ?? []).map(({ says, message }) => [says, message]);
}

/** The project that creates the network, with services that ask for no address. */
function creator(services: readonly string[], pool = "ipam: { config: [{ subnet: 10.7.0.0/24 }] }"): string {
  const written = services.map((name) => `  ${name}: { image: caddy, networks: [edge] }\n`).join("");
  return `services:\n${written}networks:\n  edge: { name: edge, ${pool} }\n`;
}

/** A project that joins it: its services by name, each with what it has beside the image. */
function joiner(services: Readonly<Record<string, string>>): string {
  const written = Object.entries(services).map(([name, parts]) => `  ${name}: { image: caddy, ${parts} }\n`);
  return `services:\n${written.join("")}networks:\n  edge: { external: true }\n`;
}

const at = (address: string): string => `networks: { edge: { ipv4_address: ${address} } }`;
const ANY = "networks: [edge]";

describe("a static address on a network that another project creates", () => {
  it("is taken by a service of that project, which is up before", () => {
    const files = { "a/compose.yaml": creator(["web"]), "b/compose.yaml": joiner({ web: at("10.7.0.2") }) };
    expect(lint(files)).toEqual([
      [
        "takenBefore",
        'The ipv4_address 10.7.0.2 of service "web" is taken on network "edge" by service "a/web", which starts first and gets the lowest free address: the service does not start. Give the other service an address of its own, or take a higher one.',
      ],
    ]);
    expect(lint(files, "a/compose.yaml")).toEqual([]);
  });

  it("may be taken by a service of its own project as well", () => {
    const files = { "a/compose.yaml": creator(["web"]), "b/compose.yaml": joiner({ web: at("10.7.0.3"), db: ANY }) };
    expect(lint(files)).toEqual([
      [
        "mayBeTaken",
        'The ipv4_address 10.7.0.3 of service "web" may be taken on network "edge" by service "db", which gets the lowest free address: services start in any order, so "up" fails now and then. Give the other service an address of its own.',
      ],
    ]);
  });

  it("is taken by a service of its own project that must start first", () => {
    const files = {
      "a/compose.yaml": creator(["web"]),
      "b/compose.yaml": joiner({ web: `depends_on: [db], ${at("10.7.0.3")}`, db: ANY }),
    };
    expect(lint(files).map(([says]) => says)).toEqual(["takenBefore"]);
  });

  it.each([
    [
      "above those that others get",
      { "a/compose.yaml": creator(["web"]), "b/compose.yaml": joiner({ web: at("10.7.0.3") }) },
    ],
    [
      "outside the range that others get theirs from",
      {
        "a/compose.yaml": creator(
          ["web"],
          "ipam: { config: [{ subnet: 10.7.0.0/24, gateway: 10.7.0.1, ip_range: 10.7.0.128/25 }] }",
        ),
        "b/compose.yaml": joiner({ web: at("10.7.0.2") }),
      },
    ],
    [
      "where the other project makes no container of its service",
      {
        "a/compose.yaml": creator(["web"]).replace("image: caddy", "image: caddy, scale: 0"),
        "b/compose.yaml": joiner({ web: at("10.7.0.2") }),
      },
    ],
    [
      "where both publish one port, so that only one of them is up",
      {
        "a/compose.yaml": creator(["web"]).replace("image: caddy", 'image: caddy, ports: ["80:80"]'),
        "b/compose.yaml": joiner({ web: `ports: ["80:80"], ${at("10.7.0.2")}` }),
      },
    ],
    [
      "of a service that starts after the other one has ended",
      {
        "a/compose.yaml": creator(["once", "web"]).replace(
          "web: { image: caddy, networks: [edge] }",
          "web: { image: caddy, networks: { edge: { ipv4_address: 10.7.0.9 } }, depends_on: { once: { condition: service_completed_successfully } } }",
        ),
        "b/compose.yaml": joiner({ web: at("10.7.0.2") }),
      },
    ],
  ])("is fine %s", (_name, files) => {
    expect(lint(files)).toEqual([]);
  });

  it("is refused where that project leaves the subnet to Docker", () => {
    const files = {
      "a/compose.yaml": creator(["web"], "driver: bridge"),
      "b/compose.yaml": joiner({ web: at("10.7.0.9") }),
    };
    expect(lint(files).map(([says]) => says)).toEqual(["automatic"]);
  });
});

describe("a subnet that is too small for all the projects on it", () => {
  const small = creator(["web", "db"], "ipam: { config: [{ subnet: 10.7.0.0/29 }] }");

  it("is reported where the last of them joins", () => {
    const files = { "a/compose.yaml": small, "b/compose.yaml": joiner({ web: `scale: 4, ${ANY}` }) };
    expect(lint(files)).toEqual([
      [
        "crowded",
        '10.7.0.0/29 of network "edge" has 5 addresses to give, but 6 containers of 2 projects need one (a/compose.yaml:5:50): "up" fails for 1 of them. Give the network a larger subnet, or let some services join another one.',
      ],
    ]);
    expect(lint(files, "a/compose.yaml")).toEqual([]);
  });

  it("is reported once, however many join", () => {
    const files = {
      "a/compose.yaml": small,
      "b/compose.yaml": joiner({ web: `scale: 2, ${ANY}` }),
      "c/compose.yaml": joiner({ web: `scale: 2, ${ANY}` }),
    };
    expect(lint(files)).toEqual([]);
    expect(lint(files, "c/compose.yaml").map(([says]) => says)).toEqual(["crowded"]);
  });

  it.each([
    ["where all find an address", { "a/compose.yaml": small, "b/compose.yaml": joiner({ web: `scale: 3, ${ANY}` }) }],
    [
      "where two of them publish one port",
      {
        "a/compose.yaml": small,
        "b/compose.yaml": joiner({ web: `scale: 2, ports: ["80:80"], ${ANY}` }),
        "c/compose.yaml": joiner({ web: `scale: 2, ports: ["80:80"], ${ANY}` }),
      },
    ],
    [
      "where two of them are files of one directory",
      {
        "a/compose.yaml": small,
        "b/compose.yaml": joiner({ web: `scale: 2, ${ANY}` }),
        "b/compose.prod.yaml": joiner({ web: `scale: 2, ${ANY}` }),
      },
    ],
  ])("is not reported %s", (_name, files) => {
    for (const file of Object.keys(files)) expect(lint(files, file)).toEqual([]);
  });
});
