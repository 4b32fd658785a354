import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

const POLICY = `version: 1
id: unknown-names
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** A service with a static address on a network. */
function on(network: string, definition: string, address: string): string {
  return `services:\n  it: { image: nginx, networks: { ${network}: { ipv4_address: ${address} } } }\nnetworks:\n  ${network}: ${definition}\n`;
}

async function run(folder: Folder, ...args: readonly string[]): Promise<{ status: number; out: string }> {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  return { status, out: stdout + stderr };
}

const EDGE = "{ name: edge, ipam: { config: [{ subnet: 10.50.7.0/24 }] } }";

describe("an external network whose name is not known is not the one that its key names", () => {
  const names = [
    ["a variable that must be set", 'external: true, name: "${P?}"'],
    ["a variable that must be set, with a message", 'external: true, name: "${P:?set it}"'],
    ["a variable without a value", 'external: true, name: "$P"'],
    ["a variable before the key", 'external: true, name: "${P}edge"'],
    ["such a variable below external", 'external: { name: "${P?}" }'],
    ["a template that Compose can't read", 'external: true, name: "${P"'],
    ["such a template below external", 'external: { name: "${P" }'],
    ["a number", "external: true, name: 5"],
    ["a number below external", "external: { name: 5 }"],
    ["nothing", "external: true, name: null"],
  ] as const;

  it.each(names)("where it is %s: its addresses are not judged by that one", async (_name, definition) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": on("edge", EDGE, "10.50.7.2"),
      "b/compose.yaml": on("edge", `{ ${definition} }`, "10.99.7.6"),
    });
    expect((await run(folder)).out).not.toContain("lies outside");
  });

  it.each(names)("where it is %s: a move names its addresses, and leaves them", async (_name, definition) => {
    const joining = on("edge", `{ ${definition} }`, "10.50.7.6");
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": on("edge", EDGE, "10.50.7.2"),
      "b/compose.yaml": joining,
    });
    const { out } = await run(folder, "renumber", "edge", "--fix", "a");
    expect(folder.text("a/compose.yaml")).not.toContain("10.50.7.");
    expect(folder.text("b/compose.yaml")).toBe(joining);
    expect(out).toContain("b/compose.yaml:2:57 names an address of the old subnet: change it by hand");
  });

  it("but is the key where nothing else is written, or what was is taken away", async () => {
    for (const definition of ["{ external: true }", "{ external: true, name: !reset null }"]) {
      const folder = folderWith({
        "forbidden-ranges.yaml": POLICY,
        "a/compose.yaml": on("edge", EDGE, "10.50.7.2"),
        "b/compose.yaml": on("edge", definition, "10.99.7.6"),
      });
      expect((await run(folder)).out).toContain('10.99.7.6 of service "it" lies outside 10.50.7.0/24');
    }
  });
});

describe("a network whose own name is not known is not the one that its key names", () => {
  it.each(['"${P?}"', '"$P"', '"${P}x"'])("name: %s", async (name) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": `name: shop\n${on("edge", `{ name: ${name}, ipam: { config: [{ subnet: 10.50.7.0/24 }] } }`, "10.50.7.2")}`,
      "b/compose.yaml": on("edge", "{ external: true, name: shop_edge }", "10.99.7.6"),
      "c/compose.yaml": `name: other\n${on("edge", "{ name: shop_edge, ipam: { config: [{ subnet: 10.50.9.0/24 }] } }", "10.50.9.2")}`,
    });
    const { out } = await run(folder, "a", "b", "c");
    expect(out).toContain('10.99.7.6 of service "it" lies outside 10.50.9.0/24');
    expect(out).not.toContain("10.50.7.0/24");
  });

  it("two variables name two networks of one project", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": `services:
  it: { image: nginx, networks: [one, two, three] }
networks:
  one: { name: "$A", ipam: { config: [{ subnet: 10.50.7.0/24 }] } }
  two: { name: "$B", ipam: { config: [{ subnet: 10.50.8.0/24 }] } }
  three: { name: "\${C?}", external: true }
`,
    });
    expect(await run(folder)).toMatchObject({ status: 0 });
  });
});
