import { mkdirSync, symlinkSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";
import { inProcess } from "../cli/in-process.js";
import { folderWith, type Folder } from "../cli/command.js";

const POLICY = `version: 1
id: unsure
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

const pinned = (subnet: string): string => `ipam: { config: [{ subnet: ${subnet} }] }`;

/** A service on one network, with the address where there is one. */
function on(network: string, definition: string, address?: string): string {
  const joined = address === undefined ? "{}" : `{ ipv4_address: ${address} }`;
  return `services:\n  it: { image: nginx, networks: { ${network}: ${joined} } }\nnetworks:\n  ${network}: ${definition}\n`;
}

/** The command line, in a new turn: what was written since the last one is seen. */
async function run(folder: Folder, ...args: readonly string[]) {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  await turn();
  return { status, out: stdout + stderr };
}

/** What the command says of the files, none of which it writes. */
async function withoutEdit(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
  const { status, out } = await run(folder, ...args);
  for (const [name, text] of Object.entries(files)) expect(folder.text(name)).toBe(text);
  return { status, out };
}

describe("two networks that may be one are not given two subnets", () => {
  it.each([
    ["a variable that must be set", '"${EDGE:?}"', '"${EDGE:?}"'],
    ["a variable that nobody sets", "$EDGE", "$EDGE"],
    ["a variable in quotes of two kinds", "'${EDGE}'", '"${EDGE}"'],
  ])("where both have the name of %s", async (_name, own, other) => {
    const { status, out } = await withoutEdit(
      { "a/compose.yaml": on("edge", `{ name: ${own} }`), "b/compose.yaml": on("net", `{ name: ${other} }`) },
      "--fix",
    );
    expect(status).toBe(1);
    expect(out).toContain(
      "Not pinned automatically: b/compose.yaml:4:3 has the same name, with a variable without a value",
    );
    expect(out).toContain(
      "Not pinned automatically: a/compose.yaml:4:3 has the same name, with a variable without a value",
    );
  });

  it.each([
    ["only one project has such a name", '"${EDGE:?}"', "front"],
    ["the names are of two variables", '"${EDGE:?}"', '"${OTHER:?}"'],
  ])("but are pinned where %s", async (_name, own, other) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": on("edge", `{ name: ${own} }`),
      "b/compose.yaml": on("edge", `{ name: ${other} }`),
    });
    expect((await run(folder, "--fix")).status).toBe(0);
    for (const name of ["a", "b"]) expect(folder.text(`${name}/compose.yaml`)).toMatch(/subnet: 10\.201\.\d+\.0\/24/);
  });

  it("where one host runs two folders that are called alike", async () => {
    const files = { "a/docker/compose.yaml": on("back", "{}"), "b/docker/compose.yaml": on("back", "{}") };
    const { status, out } = await withoutEdit(
      { ...files, "forbidden-ranges.yaml": `${POLICY}hosts: { web: "**" }\n` },
      "--fix",
    );
    expect(status).toBe(1);
    expect(out).toContain(
      'Not pinned automatically: on host "web" it is one network with that of b/docker/compose.yaml:4:3',
    );
    const apart = folderWith({
      ...files,
      "forbidden-ranges.yaml": `${POLICY}hosts: { web: "a/**", mail: "b/**" }\n`,
    });
    expect((await run(apart, "--fix")).status).toBe(0);
  });

  const twice = (front: string, data: string): string =>
    `services:\n  a: { image: nginx, networks: [front] }\n  b: { image: nginx, networks: [data] }\nnetworks:\n  front: ${front}\n  data: ${data}\n`;

  it.each([
    ["both have a name", "{ name: edge }", "{ name: edge }"],
    ["only one has a subnet", "{ name: edge }", `{ name: edge, ${pinned("10.50.1.0/24")} }`],
    ["one has the name that Compose makes up for the other", "{ name: shop_data }", "{}"],
  ])("where they are of one project, and %s", async (_name, front, data) => {
    const { status, out } = await withoutEdit({ "shop/compose.yaml": twice(front, data) }, "--fix");
    expect(status).toBe(1);
    expect(out).toContain('Not pinned automatically: network "data" has the same name (shop/compose.yaml:6:3)');
  });

  it("by a move of one of them either", async () => {
    const both = `{ name: edge, ${pinned("10.50.1.0/24")} }`;
    const { status, out } = await withoutEdit({ "compose.yaml": twice(both, both) }, "renumber", "edge", "--fix");
    expect(status).toBe(2);
    expect(out).toContain('nothing is renumbered, because network "data" has the same name (compose.yaml:6:3)');
  });
});

describe("a file beside one that makes the network external joins the external network", () => {
  const definer = on("edge", `{ name: edge, ${pinned("192.168.5.0/24")} }`, "192.168.5.2");
  const external = on("net", "{ external: true, name: edge }");
  const unjoined = "services:\n  it: { image: nginx }\nnetworks:\n  net: { external: true, name: edge }\n";

  it.each([
    ["a part of a project", external, "services:\n  it: { networks: { net: { ipv4_address: 192.168.5.8 } } }\n"],
    ["which declares it without more", external, on("net", "{}", "192.168.5.8")],
    ["of a file whose own services do not join it", unjoined, on("net", "{}", "192.168.5.8")],
  ])("%s, and its static address moves along", async (_name, base, beside) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": definer,
      "b/compose.yaml": base,
      "b/compose.prod.yaml": beside,
    });
    const { status, out } = await run(folder, "renumber", "edge", "--fix");
    expect(status).toBe(0);
    expect(out).not.toContain("by hand");
    const moved = /subnet: (10\.201\.\d+\.)0\/24/.exec(folder.text("a/compose.yaml"))?.[1] ?? "none";
    expect(folder.text("b/compose.prod.yaml")).toBe(beside.replace("192.168.5.", moved));
  });

  it("but not one with a subnet of its own", async () => {
    const own = on("net", `{ ${pinned("192.168.5.0/25")} }`, "192.168.5.8");
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": definer,
      "b/compose.yaml": external,
      "b/compose.prod.yaml": own,
    });
    expect((await run(folder, "renumber", "edge", "--fix")).status).toBe(0);
    expect(folder.text("b/compose.prod.yaml")).toBe(own);
  });
});

describe("a static address that can't be moved along is named", () => {
  const base = on("back", `{ ${pinned("10.50.1.0/24")} }`, "10.50.1.7");

  it.each([
    [
      "of a part of a project in another folder",
      "services:\n  it: { image: nginx, networks: { back: { ipv4_address: 10.50.1.9 } } }\n",
      "2:57",
    ],
    ["on a network that the file leaves open", on("back", "{}", "10.50.1.9"), "2:57"],
    [
      "on an external network whose name nobody knows",
      on("net", '{ external: true, name: "$NET" }', "10.50.1.9"),
      "2:56",
    ],
  ])("%s", async (_name, text, place) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": base,
      "deploy/compose.prod.yaml": text,
    });
    const { out, status } = await run(folder, "renumber", "back", "--fix", "compose.yaml");
    expect(status).toBe(0);
    expect(out).toContain(`deploy/compose.prod.yaml:${place} names an address of the old subnet: change it by hand`);
  });

  it("but not one on a subnet of its own project", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": base,
      "deploy/compose.prod.yaml": on("back", `{ ${pinned("10.50.1.0/24")} }`, "10.50.1.9"),
    });
    expect((await run(folder, "renumber", "back", "compose.yaml")).out).not.toContain("change it by hand");
  });

  it("of an override file beside a link to the text: then nothing moves", async () => {
    const over = "services:\n  it: { networks: { back: { ipv4_address: 10.50.1.9 } } }\n";
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "real/compose.yaml": base });
    mkdirSync(folder.at("copy"));
    symlinkSync("../real/compose.yaml", folder.at("copy/compose.yaml"));
    folder.write("copy/compose.override.yaml", over);
    const { out, status } = await run(folder, "renumber", "real_back", "--fix");
    expect(status).toBe(2);
    expect(out).toContain(
      "because its file is also the file of another project, by a link (copy/compose.override.yaml:2:43)",
    );
    expect(folder.text("real/compose.yaml")).toBe(base);
    folder.write("copy/compose.override.yaml", over.replace("10.50.1.9", "10.99.1.9"));
    expect((await run(folder, "renumber", "real_back", "--fix")).status).toBe(0);
  });
});
