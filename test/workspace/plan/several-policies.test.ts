import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { folderWith, type Folder } from "../../cli/command.js";
import { inProcess } from "../../cli/in-process.js";

const OPEN = "services:\n  web: { image: caddy }\n";
/** Room for four subnets. */
const POOL = "pools:\n  - { cidr: 10.201.0.0/22, prefix: 24 }\n";
const pinned = (subnet: string): string =>
  `${OPEN}networks:\n  default: { ipam: { config: [{ subnet: ${subnet} }] } }\n`;

async function fixed(folder: Folder, ...args: readonly string[]): Promise<string> {
  await turn();
  const { stdout } = await inProcess(folder.path, args);
  await turn();
  return stdout;
}

function subnets(folder: Folder, files: readonly string[]): string[] {
  return files.map((file) => /subnet: ([\d./]+)/.exec(folder.text(file))?.[1] ?? "none");
}

describe("policies of one work tree with the same pool", () => {
  const projects = ["a/one/compose.yaml", "a/two/compose.yaml", "b/one/compose.yaml", "b/two/compose.yaml"];
  const policies = {
    "a/forbidden-ranges.yaml": `version: 1\nid: a\n${POOL}`,
    "b/forbidden-ranges.yaml": `version: 1\nid: b\n${POOL}`,
  };

  it("give away each subnet once, whichever files are fixed first", async () => {
    const files = { ...policies, ...Object.fromEntries(projects.map((file) => [file, OPEN])) };
    const [together, forwards, backwards] = [folderWith(files), folderWith(files), folderWith(files)];
    expect(await fixed(together, "--fix")).toContain("no findings; fixed 4 files");
    for (const file of projects) await fixed(forwards, "--fix", file);
    for (const file of projects.toReversed()) await fixed(backwards, "--fix", file);
    const given = subnets(together, projects);
    expect(new Set(given)).toEqual(new Set(["10.201.0.0/24", "10.201.1.0/24", "10.201.2.0/24", "10.201.3.0/24"]));
    expect(subnets(forwards, projects)).toEqual(given);
    expect(subnets(backwards, projects)).toEqual(given);
  });

  it("do not give away what is written under another one", async () => {
    const files = { ...policies, "a/x/compose.yaml": OPEN, "b/x/compose.yaml": pinned("10.201.0.0/23") };
    const folder = folderWith({ ...files, "b/y/compose.yaml": pinned("10.201.2.0/24") });
    await fixed(folder, "--fix");
    expect(subnets(folder, ["a/x/compose.yaml"])).toEqual(["10.201.3.0/24"]);
  });

  it("say who has the pool when it is full", async () => {
    const folder = folderWith({ ...policies, "a/x/compose.yaml": OPEN, "b/x/compose.yaml": pinned("10.201.0.0/22") });
    expect(await fixed(folder)).toContain('taken, by network "default" of b/x/compose.yaml');
  });

  it("give a network that both speak of the subnet that one of them has", async () => {
    const shared = (more: string): string =>
      `services:\n  web: { image: caddy, networks: { edge: { ipv4_address: 10.201.2.9 } } }\nnetworks:\n  edge: { name: edge${more} }\n`;
    const folder = folderWith({
      ...policies,
      "a/x/compose.yaml": shared(""),
      "b/x/compose.yaml": shared(", ipam: { config: [{ subnet: 10.201.2.0/24 }] }"),
    });
    await fixed(folder, "--fix");
    expect(subnets(folder, ["a/x/compose.yaml"])).toEqual(["10.201.2.0/24"]);
  });
});
