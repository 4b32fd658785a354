import { mkdirSync, symlinkSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { inProcess } from "../cli/in-process.js";
import { folderWith, type Folder } from "../cli/command.js";
import { runESLint } from "../lint/both-hosts.js";

const POLICY = `version: 1
id: shared
forbidden:
  - { cidr: 172.16.0.0/12, name: WAN }
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** A service on networks that are each given as a line below `networks`. */
function compose(service: string, networks: readonly string[], top: readonly string[] = []): string {
  const keys = networks.map((line) => line.split(":")[0]);
  return [
    ...top,
    "services:",
    `  ${service}: { image: nginx, networks: [${keys.join(", ")}] }`,
    "networks:",
    ...networks.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

const pinned = (subnet: string, name?: string): string =>
  `{ ${name === undefined ? "" : `name: ${name}, `}ipam: { config: [{ subnet: ${subnet} }] } }`;

const recommended = rules.filter(({ docs }) => docs.recommended === "recommended");

/** The command line, in a new turn: what was written since the last one is seen. */
async function run(folder: Folder, ...args: readonly string[]) {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  await turn();
  return { status, out: stdout + stderr };
}

/** What ESLint makes of one file, as lint-staged gives it. */
async function eslint(
  folder: Folder,
  file: string,
  levels: Readonly<Record<string, "error" | ["error", unknown]>> = {},
) {
  await turn();
  const setup = { rules: recommended, levels, cwd: toPosix(folder.path), settings: { today: "2026-11-28" } };
  const { said, fixed, saidAfterwards } = runESLint(setup, toPosix(folder.at(file)), folder.text(file));
  await turn();
  return { said, fixed, saidAfterwards };
}

const subnetIn = (text: string): string | undefined => /subnet: ([\d./]+)/.exec(text)?.[1];

describe("one engine network is given one subnet", () => {
  it.each([
    ["by the name that two projects write for it", "edge: { name: edge }", "edge: { name: edge }", []],
    ["by a name that is the default of a variable", "edge: { name: edge }", 'edge: { name: "${NET:-edge}" }', []],
    ["by the name that a project's own makes of its key", "x: { name: shop_front }", "front: {}", ["name: shop"]],
    ["by one project name in two folders", "front: {}", "front: {}", ["name: shop"]],
  ] as const)("%s", async (how, ours, theirs, top) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": compose("a", [ours], how.includes("two folders") ? top : []),
      "b/compose.yaml": compose("b", [theirs], top),
    });
    const { out } = await run(folder, "--fix");
    expect(out).toContain("fixed 2 files");
    const subnets = ["a", "b"].map((name) => subnetIn(folder.text(`${name}/compose.yaml`)));
    expect(subnets[0]).toMatch(/^10\.201\.\d+\.0\/24$/);
    expect(subnets[1]).toBe(subnets[0]);
    if (how.startsWith("by the name that two")) expect((await run(folder)).status).toBe(0);
  });

  it("whichever of the files is fixed first, and the files that are left are named", async () => {
    const files = {
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": compose("a", ["edge: { name: edge }"]),
      "b/compose.yaml": compose("b", ["edge: { name: edge }"]),
    };
    const [first, second] = [folderWith(files), folderWith(files)];
    const { status, out } = await run(first, "--fix", "b/compose.yaml");
    expect(status).toBe(1);
    expect(out).toContain("Run compose-networks --fix a/compose.yaml, and commit the result along with this file.");
    const { fixed, saidAfterwards } = await eslint(second, "a/compose.yaml");
    expect(subnetIn(fixed)).toBe(subnetIn(first.text("b/compose.yaml")));
    expect(saidAfterwards.map(({ says, message }) => [says, message.includes("b/compose.yaml")])).toEqual([
      ["notYet", true],
    ]);
    await run(first, "--fix", "a/compose.yaml");
    expect((await run(first)).status).toBe(0);
  });

  it("and not the same where hosts put the projects on different machines", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": `${POLICY}hosts: { one: a/**, two: b/** }\n`,
      "a/compose.yaml": compose("a", ["edge: { name: edge }"]),
      "b/compose.yaml": compose("b", [`edge: ${pinned("10.201.7.0/24", "edge")}`]),
    });
    const { status } = await run(folder, "--fix");
    expect(status).toBe(0);
    expect(subnetIn(folder.text("a/compose.yaml"))).not.toBe("10.201.7.0/24");
  });

  it("and not the same for two folders that are only called alike", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/docker/compose.yaml": compose("a", ["default: {}"]),
      "b/docker/compose.yaml": compose("b", ["default: {}"]),
    });
    expect((await run(folder, "--fix")).status).toBe(0);
    expect(subnetIn(folder.text("a/docker/compose.yaml"))).not.toBe(subnetIn(folder.text("b/docker/compose.yaml")));
    expect((await run(folder)).out).toContain("no findings");
  });
});

describe("a file beside the base gets the base's subnet", () => {
  it.each([
    ["with the default network", "services:\n  b: { image: nginx }\n", "default"],
    ["that declares the network", compose("b", ["front: {}"]), "front"],
    ["that has IPv6 on as well", compose("b", ["front: { enable_ipv6: true }"]), "front"],
  ])("but not where that has one of each family: %s", async (_name, beside, key) => {
    const both = '{ enable_ipv6: true, ipam: { config: [{ subnet: 10.150.0.0/24 }, { subnet: "fd50::/64" }] } }';
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": compose("a", [`${key}: ${both}`]),
      "compose.monitoring.yaml": beside,
    });
    const { fixed, said } = await eslint(folder, "compose.monitoring.yaml");
    expect(fixed).toBe(beside);
    expect(said[0]?.message).toContain(
      "it has both families, and Compose loses a subnet if a second file has one: compose.yaml:4:",
    );
  });

  it.each([
    ["of the default network", "default", "services:\n  b: { image: nginx }\n"],
    ["of a network that it declares as well", "front", compose("b", ["front: {}"])],
    [
      "of a network with a key and nothing else",
      "front",
      "services:\n  b: { image: nginx, networks: [front] }\nnetworks:\n  front:\n",
    ],
  ])("%s, in a pool or not", async (_name, key, beside) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": compose("a", [`${key}: ${pinned("10.150.0.0/24")}`]),
      "compose.monitoring.yaml": beside,
    });
    const { fixed } = await eslint(folder, "compose.monitoring.yaml");
    expect(subnetIn(fixed)).toBe("10.150.0.0/24");
    expect((await run(folder, "--fix")).status).toBe(0);
    expect(folder.text("compose.monitoring.yaml")).toBe(fixed);
  });

  it.each([
    [
      "that must move itself",
      { "compose.yaml": compose("a", [`front: ${pinned("192.168.7.0/24")}`]) },
      "compose.yaml:4:39 has a subnet for it, 192.168.7.0/24, which is forbidden",
    ],
    [
      "on which other files do not agree",
      {
        "compose.yaml": compose("a", [`front: ${pinned("10.150.0.0/24")}`]),
        "compose.prod.yaml": compose("c", [`front: ${pinned("10.151.0.0/24")}`]),
      },
      "have different subnets for it",
    ],
    [
      "of a network that is external there",
      { "compose.yaml": compose("a", ["front: { external: true }"]) },
      "compose.yaml:4:3 makes it external",
    ],
    [
      "of a network with another name there",
      { "compose.yaml": compose("a", [`front: ${pinned("10.150.0.0/24", "edge")}`]) },
      "compose.yaml:4:3 gives it another name",
    ],
    [
      "that nobody knows",
      { "compose.yaml": compose("a", ['front: { ipam: { config: [{ subnet: "$NET" }] } }']) },
      "has a subnet for it that is not known",
    ],
  ])("but none %s, and the message says why", async (_name, files, why) => {
    const beside = compose("b", ["front: {}"]);
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files, "compose.monitoring.yaml": beside });
    const { said, fixed } = await eslint(folder, "compose.monitoring.yaml");
    expect(fixed).toBe(beside);
    expect(said.map(({ message }) => message).join()).toContain("Not pinned automatically: compose.");
    expect(said.map(({ message }) => message).join()).toContain(why);
  });

  it("no fix where two policies with pools claim one network, or pools for other directories", async () => {
    const two = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": compose("a", ["edge: { name: edge }"]),
      "b/compose.yaml": compose("b", ["edge: { name: edge }"]),
      "b/forbidden-ranges.yaml": POLICY.replace("10.201.", "10.202."),
    });
    const { said } = await eslint(two, "a/compose.yaml");
    expect(said[0]?.message).toContain(
      "b/compose.yaml:4:3 declares it too, where b/forbidden-ranges.yaml is the policy",
    );
    const pools =
      "pools:\n  - { cidr: 10.201.0.0/16, prefix: 24, for: [a] }\n  - { cidr: 10.202.0.0/16, prefix: 24, for: [b] }\n";
    const split = folderWith({
      "forbidden-ranges.yaml": POLICY.replace(/pools:[^]*/, pools),
      "a/compose.yaml": compose("a", ["edge: { name: edge }"]),
      "b/compose.yaml": compose("b", ["edge: { name: edge }"]),
    });
    const { said: asked, fixed } = await eslint(split, "a/compose.yaml");
    expect(asked[0]?.message).toContain("b/compose.yaml:4:3 declares it too, and other pools are for that directory");
    expect(fixed).toBe(split.text("a/compose.yaml"));
  });
});

describe("a move is whole", () => {
  const base = (address = "192.168.7.2"): string =>
    `services:\n  a: { image: nginx, networks: { ran: { ipv4_address: ${address} } } }\nnetworks:\n  ran: ${pinned("192.168.7.0/24")}\n`;
  const joined = (address: string): string =>
    `services:\n  b: { image: nginx, networks: { ran: { ipv4_address: ${address} } } }\n`;

  it.each([
    ["of a partial file beside it", "compose.split.yaml", joined("192.168.7.6")],
    ["that is the default of a variable", "docker-compose.split.yml", joined('"${IP:-192.168.7.6}"')],
    ["of an override file", "compose.override.yaml", joined("192.168.7.6")],
    [
      "of a project that joins the network as external",
      "b/compose.yaml",
      `${joined("192.168.7.6")}networks: { ran: { external: true, name: x_ran } }\n`,
    ],
    [
      "of a file that declares the network again",
      "compose.more.yaml",
      `${joined("192.168.7.6")}networks: { ran: ${pinned("192.168.7.0/24")} }\n`,
    ],
  ])("with the static address %s", async (_name, file, text) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": `name: x\n${base()}`, [file]: text });
    const alone = await eslint(folder, "compose.yaml", { "no-forbidden-subnet": ["error", { renumber: true }] });
    expect(alone.fixed).toBe(folder.text("compose.yaml"));
    expect(alone.said.map(({ message }) => message).join()).toContain(
      "another file contains a part of it: run compose-networks renumber ran",
    );
    const { status } = await run(folder, "renumber", "ran", "--fix");
    expect(status).toBe(0);
    const moved = subnetIn(folder.text("compose.yaml"))?.replace("0/24", "") ?? "none";
    expect(moved).toMatch(/^10\.201\.\d+\.$/);
    expect(folder.text("compose.yaml")).toContain(`${moved}2`);
    expect(folder.text(file)).toBe(text.replace("192.168.7.6", `${moved}6`).replace("192.168.7.0", `${moved}0`));
  });

  it.each(["10.50.7.0/24", "10.50.8.0/24"])("to %s, which one of the declarations has", async (to) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": compose("a", [`edge: ${pinned("10.50.7.0/24", "edge")}`]),
      "b/compose.yaml": compose("b", [`edge: ${pinned("10.50.8.0/24", "edge")}`]),
    });
    expect((await run(folder)).status).toBe(1);
    expect((await run(folder, "renumber", "edge", "--to", to, "--fix")).status).toBe(0);
    for (const name of ["a", "b"]) expect(subnetIn(folder.text(`${name}/compose.yaml`))).toBe(to);
  });

  it("under its own name, where a link gives the text a second one", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "shop/compose.yaml": base(),
      "shop/compose.split.yaml": joined("192.168.7.6"),
    });
    mkdirSync(folder.at("copy"));
    symlinkSync("../shop/compose.yaml", folder.at("copy/compose.yaml"));
    const { status } = await run(folder, "renumber", "ran", "--fix");
    expect(status).toBe(0);
    expect(folder.text("shop/compose.split.yaml")).toMatch(/10\.201\.\d+\.6/);
    expect(folder.text("copy/compose.yaml")).toBe(folder.text("shop/compose.yaml"));
  });

  it("or is not made, where an address can't be told", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": base(),
      "compose.split.yaml": joined("$IP"),
    });
    const { status, out } = await run(folder, "renumber", "ran", "--fix");
    expect(status).toBe(2);
    expect(out).toContain("compose.split.yaml:2:55");
    expect(folder.text("compose.yaml")).toBe(base());
  });

  it.each([
    ["an environment file", ".env", "DB_HOST=192.168.7.9\n", ".env:1:9"],
    [
      "a configuration that a service mounts",
      "conf/nginx.conf",
      "upstream db { server 192.168.7.9; }\n",
      "conf/nginx.conf:1:22",
    ],
    [
      "the configuration of another project",
      "b/compose.yaml",
      'services:\n  c: { image: nginx, extra_hosts: ["db:192.168.7.9"] }\n',
      "b/compose.yaml:2:40",
    ],
  ])("names the places in %s, and is left to people then", async (_name, file, text, place) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": base(), [file]: text });
    const { fixed, said } = await eslint(folder, "compose.yaml", {
      "no-forbidden-subnet": ["error", { renumber: true }],
    });
    expect(fixed).toBe(base());
    expect(said[0]?.message).toContain(`Addresses of the old subnet are also at ${place}: change them by hand.`);
    expect(said[0]?.suggestions).toHaveLength(1);
    const { out } = await run(folder, "renumber", "ran");
    expect(out).toContain(`${place} names an address of the old subnet: change it by hand`);
    expect(out).not.toContain("DB_HOST");
  });

  it("is made by --fix where nothing else names an address, and the policy does not count", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY.replace("192.168.0.0/16", "192.168.7.0/24"),
      "compose.yaml": base(),
    });
    const { fixed } = await eslint(folder, "compose.yaml", { "no-forbidden-subnet": ["error", { renumber: true }] });
    expect(subnetIn(fixed)).toMatch(/^10\.201\./);
  });
});

describe("static addresses on a network of another project", () => {
  const definer = `services:\n  a: { image: nginx, networks: { ran: { ipv4_address: 10.50.7.2 } } }\nnetworks:\n  ran: ${pinned("10.50.7.0/24", "ran")}\n`;
  const joining = (address: string): string =>
    `services:\n  b: { image: nginx, networks: { ran: { ipv4_address: ${address} } } }\nnetworks:\n  ran: { external: true }\n`;

  it.each([
    ["outside of it", "10.50.8.5", "outside"],
    ["on its gateway", "10.50.7.1", "taken"],
    ["that the other project has given to a service", "10.50.7.2", "duplicate"],
    ["that is free", "10.50.7.6", undefined],
  ])("%s", async (_name, address, says) => {
    const folder = folderWith({ "a/compose.yaml": definer, "b/compose.yaml": joining(address) });
    const { said } = await eslint(folder, "b/compose.yaml");
    expect(said.map((each) => [each.rule, each.says])).toEqual(
      says === undefined ? [] : [["compose-networks/valid-static-address", says]],
    );
    const { status } = await run(folder);
    expect(status).toBe(says === undefined ? 0 : 1);
  });

  it("are not judged where nobody says what the network is", async () => {
    const folder = folderWith({ "b/compose.yaml": joining("10.50.8.5") });
    expect((await eslint(folder, "b/compose.yaml")).said).toEqual([]);
  });
});
