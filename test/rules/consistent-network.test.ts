import { describe, expect, it } from "vitest";

import { consistentNetwork } from "../../rules/consistent-network.js";
import { inProcess } from "../cli/in-process.js";
import { runESLint, runOurs, type Said } from "../lint/both-hosts.js";
import { createFolder } from "../workspace/folder.js";

const POLICY = "version: 1\nid: acme\npools: [{ cidr: 10.201.0.0/16, prefix: 24 }]\n";
const CONSEQUENCE = 'each "up" removes the network of the other project, and fails while its containers run';

/** A project whose one service joins the network `edge`. */
function edge(definition: string, service = "web", key = "edge"): string {
  return `services:\n  ${service}: { image: caddy, networks: [${key}] }\nnetworks:\n  ${key}: ${definition}\n`;
}

const named = (...parts: readonly string[]): string => `{ ${["name: edge", ...parts].join(", ")} }`;
const pool = (subnet: string): string => `ipam: { config: [{ subnet: ${subnet} }] }`;

/** What the rule says of one file among others, the same in both hosts. */
function lint(files: Readonly<Record<string, string>>, file = "a/compose.yaml") {
  const { path } = createFolder({ "forbidden-ranges.yaml": POLICY, ...files });
  const setup = { rules: [consistentNetwork], cwd: path, settings: { today: "2026-11-28" } };
  const text = files[file] ?? "";
  const [ours, theirs] = [runOurs, runESLint].map((run) => run(setup, `${path}/${file}`, text));
  expect(ours).toEqual(theirs);
  return { said: ours?.said ?? [], fixed: ours?.fixed ?? "", text };
}

const spoken = (said: readonly Said[]) => said.map(({ says, message, place }) => ({ says, message, place }));

describe("a network that two projects declare alike", () => {
  it.each([
    ["with the same subnet", named(pool("10.7.0.0/24")), named(pool("10.7.0.0/24"))],
    [
      "which is written in two ways",
      named(pool("10.7.0.0/24")),
      named(`ipam: { config: [{ subnet: "\${EDGE:-10.7.0.0/24}" }] }`),
    ],
    ["without a subnet in any of them", named(), named()],
    ["with settings that Compose leaves out", named('internal: "no"', "attachable: false"), named()],
    ["with one boolean in two spellings", named("enable_ipv6: yes"), named('enable_ipv6: "true"')],
    [
      "with settings in another order",
      named("internal: true", "labels: { a: b, c: d }"),
      named("labels: { c: d, a: b }", "internal: true"),
    ],
    [
      "with an option as a number and as a text",
      named("driver_opts: { mtu: 1400 }"),
      named('driver_opts: { mtu: "1400" }'),
    ],
    ["with options as a map and as a list", named("labels: { a: b }"), named('labels: ["a=b"]')],
    ["that one of them only joins", named(pool("10.7.0.0/24")), "{ external: true, name: edge }"],
    ["with another name", named(pool("10.7.0.0/24")), `{ name: brim, ${pool("10.8.0.0/24")} }`],
    ["with a subnet that nobody knows", named(pool("10.7.0.0/24")), named('ipam: { config: [{ subnet: "$NET" }] }')],
    ["with a setting that nobody knows", named("internal: true"), named('internal: "${INTERNAL}"')],
  ])("is fine %s", (_name, own, other) => {
    const files = { "a/compose.yaml": edge(own), "b/compose.yaml": edge(other, "proxy") };
    expect(lint(files).said).toEqual([]);
    expect(lint(files, "b/compose.yaml").said).toEqual([]);
  });
});

describe("a network that two projects declare differently", () => {
  const other = edge(named(pool("10.8.0.0/24")), "proxy");

  it("with other subnets: each may follow the other one", () => {
    const own = edge(named(pool("10.7.0.0/24")));
    const { said, fixed, text } = lint({ "a/compose.yaml": own, "b/compose.yaml": other });
    expect(spoken(said)).toEqual([
      {
        says: "otherSubnet",
        message: `Network "edge" has 10.7.0.0/24 here and 10.8.0.0/24 in b/compose.yaml:4:50: ${CONSEQUENCE}. Give both the same subnet: compose-networks renumber edge --to 10.8.0.0/24 --fix.`,
        place: [4, 17, 4, 21],
      },
    ]);
    expect(fixed).toBe(text);
    expect(said[0]?.suggestions.map(({ title }) => title)).toEqual(['Renumber network "edge" to 10.8.0.0/24 as well.']);
  });

  it("with a subnet in the other one: it is written here as well", () => {
    const { said, fixed, text } = lint({ "a/compose.yaml": edge("\n    name: edge"), "b/compose.yaml": other });
    expect(spoken(said)).toEqual([
      {
        says: "noSubnet",
        message: `Network "edge" has no subnet here and 10.8.0.0/24 in b/compose.yaml:4:50: ${CONSEQUENCE}. Pin it to 10.8.0.0/24 here as well.`,
        place: [5, 11, 5, 15],
      },
    ]);
    expect(fixed).toBe(`${text}    ipam:\n      config:\n        - subnet: 10.8.0.0/24\n`);
  });

  it("with a subnet in the other one, and a name in a file that is merged later: it is written where the network is", () => {
    const base = edge("{}");
    const files = {
      "a/.env": "COMPOSE_FILE=compose.yaml:more.yml\n",
      "a/compose.yaml": base,
      "a/more.yml": edge("{ name: edge }", "api"),
      "b/compose.yaml": edge(named(pool("10.8.0.0/24")), "proxy"),
    };
    expect(lint(files, "a/compose.yaml")).toMatchObject({
      said: [{ says: "noSubnet", place: [4, 3, 4, 7] }],
      fixed: base.replace("{}", "{ ipam: { config: [{ subnet: 10.8.0.0/24 }] } }"),
    });
    expect(lint(files, "a/more.yml")).toMatchObject({ said: [], fixed: files["a/more.yml"] });
  });

  it("with more than a subnet in the other one: nothing is written", () => {
    const more = edge(named("ipam: { config: [{ subnet: 10.8.0.0/24, gateway: 10.8.0.254 }] }"), "proxy");
    const { said, fixed, text } = lint({ "a/compose.yaml": edge(named()), "b/compose.yaml": more });
    expect(said.map(({ says }) => says)).toEqual(["noSubnet"]);
    expect(said[0]?.message).toContain("Not pinned automatically: b/compose.yaml:4:50 has more for it than a subnet.");
    expect(fixed).toBe(text);
  });

  it("with a subnet in this one only: the files that are left are named", () => {
    const { said } = lint({
      "a/compose.yaml": edge(named(pool("10.7.0.0/24"))),
      "b/compose.yaml": edge(named(), "proxy"),
      "c/compose.yaml": edge(named(), "mail"),
    });
    expect(spoken(said)).toEqual([
      {
        says: "notYet",
        message: `Network "edge" has 10.7.0.0/24 here and no subnet in b/compose.yaml:4:3 and c/compose.yaml:4:3: ${CONSEQUENCE}. Run compose-networks --fix b/compose.yaml c/compose.yaml, and commit the result along with this file.`,
        place: [4, 17, 4, 21],
      },
    ]);
  });

  it.each([
    ["driver", "driver: macvlan", "driver"],
    ["internal network", "internal: true", "internal"],
    [
      "bridge option",
      "driver_opts: { com.docker.network.bridge.name: br-edge }",
      "driver_opts.com.docker.network.bridge.name",
    ],
    ["gateway", "ipam: { config: [{ subnet: 10.8.0.0/24, gateway: 10.8.0.254 }] }", "ipam.config.0.gateway"],
    ["label", "labels: { team: web }", "labels.team"],
    ["written default", "driver: bridge", "driver"],
    ["written default of a family", "enable_ipv6: false", "enable_ipv6"],
    ["written default of addresses", "ipam: { driver: default, config: [{ subnet: 10.8.0.0/24 }] }", "ipam.driver"],
  ])("with another %s", (_name, setting, path) => {
    const parts = setting.startsWith("ipam") ? [setting] : [setting, pool("10.8.0.0/24")];
    const { said } = lint({ "a/compose.yaml": edge(named(...parts)), "b/compose.yaml": other });
    expect(spoken(said)).toEqual([
      {
        says: "otherSetting",
        message: `Network "edge" has another ${path} in b/compose.yaml:4:3: ${CONSEQUENCE}. Write the same settings in both, or declare it with external: true in all projects but one.`,
        place: [4, 17, 4, 21],
      },
    ]);
  });

  it("with another key: Compose refuses the label", () => {
    const { said } = lint({
      "a/compose.yaml": edge(named(pool("10.8.0.0/24")), "web", "front"),
      "b/compose.yaml": other,
    });
    expect(spoken(said)).toEqual([
      {
        says: "otherKey",
        message:
          'The engine network "edge" has the key "front" here and "edge" in b/compose.yaml:4:3: Compose labels the network with one key, and "up" of the project with the other key fails. Use one key, or declare it with external: true in all projects but one.',
        place: [4, 18, 4, 22],
      },
    ]);
  });
});

describe("a network that is there already with other settings", () => {
  const [own, other] = [named(pool("10.7.0.0/24")), named(pool("10.8.0.0/24"))];

  /** What the first of two projects is told, and what the command says becomes of it. */
  async function outcomes(files: Readonly<Record<string, string>>): Promise<unknown[]> {
    const { path } = createFolder({ "forbidden-ranges.yaml": POLICY, ...files });
    const { stdout } = await inProcess(path, ["--format", "json", "a/compose.yaml"]);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; outcome: string; phase?: string }[] };
    const own = findings.filter(({ rule }) => rule === "compose-networks/consistent-network");
    const says = lint(files).said.map((said) => said.says);
    return own.map(({ outcome, phase }, index) => [says[index], outcome, ...(outcome === "refused" ? [phase] : [])]);
  }

  it("is not removed while containers of both are on it", async () => {
    const files = { "a/compose.yaml": edge(own), "b/compose.yaml": edge(other) };
    expect(await outcomes(files)).toEqual([["otherSubnet", "refused", "create"]]);
  });

  it("is removed where the project that comes second is the only one with containers", async () => {
    const files = {
      "a/compose.yaml": edge(own).replace("image: caddy", "image: caddy, scale: 0"),
      "b/compose.yaml": edge(other),
    };
    expect(await outcomes(files)).toEqual([["otherSubnet", "may-fail"]]);
  });

  it("is made again where both projects have one name, and the same services", async () => {
    const files = { "a/compose.yaml": `name: shop\n${edge(own)}`, "b/compose.yaml": `name: shop\n${edge(other)}` };
    expect(await outcomes(files)).toEqual([["otherSubnet", "policy"]]);
  });

  it("is not removed where both projects have one name, and other services", async () => {
    const files = {
      "a/compose.yaml": `name: shop\n${edge(own)}`,
      "b/compose.yaml": `name: shop\n${edge(other, "proxy")}`,
    };
    expect(await outcomes(files)).toEqual([["otherSubnet", "refused", "create"]]);
  });

  it("is spelled in another way: Compose compares texts", async () => {
    const spelled = (subnet: string) => named("enable_ipv6: true", `ipam: { config: [{ subnet: "${subnet}" }] }`);
    const files = {
      "a/compose.yaml": edge(spelled("fd12:0:7::/64")),
      "b/compose.yaml": edge(spelled("FD12::7:0:0:0:0:0/64")),
    };
    expect(await outcomes(files)).toEqual([["otherSetting", "refused", "create"]]);
  });

  it("is the one that another project gets from its directory", async () => {
    const files = {
      "a/compose.yaml": edge("{ name: b_default }"),
      "b/compose.yaml": "services: { web: { image: caddy } }\n",
    };
    expect(await outcomes(files)).toEqual([["otherKey", "refused", "create"]]);
  });

  it("follows the other one in the family that differs", () => {
    const both = (six: string) =>
      named("enable_ipv6: true", `ipam: { config: [{ subnet: 10.7.0.0/24 }, { subnet: "${six}" }] }`);
    const { said } = lint({ "a/compose.yaml": edge(both("fd12:7::/64")), "b/compose.yaml": edge(both("fd12:8::/64")) });
    expect(said[0]?.message).toContain("compose-networks renumber edge --to fd12:8::/64 --fix.");
  });
});

describe("two declarations that never meet", () => {
  const [own, other] = [edge(named(pool("10.7.0.0/24"))), edge(named(pool("10.8.0.0/24")), "proxy")];

  it.each([
    ["of one directory, which are alternatives", { "a/compose.yaml": own, "a/compose.prod.yaml": other }],
    [
      "of projects that publish one port",
      {
        "a/compose.yaml": own.replace("caddy", "caddy, ports: ['80:80']"),
        "b/compose.yaml": other.replace("caddy", "caddy, ports: ['80:80']"),
      },
    ],
    ["of a partial file", { "a/compose.yaml": own, "b/compose.yaml": other.replace("image: caddy, ", "") }],
    [
      "of hosts of their own",
      {
        "a/compose.yaml": own,
        "b/compose.yaml": other,
        "forbidden-ranges.yaml": `${POLICY}hosts: { one: a/**, two: b/** }\n`,
      },
    ],
  ])("%s, are not compared", (_name, files) => {
    expect(lint(files).said).toEqual([]);
  });
});

describe("two folders that are called alike", () => {
  const files = {
    "a/docker/compose.yaml": edge(`{ ${pool("10.7.0.0/24")} }`),
    "b/docker/compose.yaml": edge(`{ ${pool("10.8.0.0/24")} }`, "proxy"),
  };

  it("are two projects, as long as nobody says that they run on one host", () => {
    expect(lint(files, "a/docker/compose.yaml").said).toEqual([]);
  });

  it("are one project to Compose on the host that runs both", () => {
    const policy = `${POLICY}hosts: { web: "**" }\n`;
    const { said } = lint({ ...files, "forbidden-ranges.yaml": policy }, "a/docker/compose.yaml");
    expect(spoken(said)).toEqual([
      {
        says: "sameFolder",
        message:
          'Network "edge" has the engine name docker_edge, and so has another network on host "web" (b/docker/compose.yaml:4:3): both directories have the same name, so Compose treats the two projects as one. Write a different "name:" into one of the two files.',
        place: [4, 3, 4, 7],
      },
    ]);
  });
});
