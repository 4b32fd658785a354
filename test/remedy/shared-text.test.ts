import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

const POLICY = `version: 1
id: shared-text
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
`;

async function run(folder: Folder, ...args: readonly string[]): Promise<{ status: number; out: string }> {
  await turn();
  const { status, stdout, stderr } = await inProcess(toPosix(folder.path), args);
  await turn();
  return { status, out: stdout + stderr };
}

const joining = (network: string): string => `services:\n  it: { image: nginx, networks: ${network} }\n`;
const declaring = (definition: string, service = "n"): string =>
  `services:\n  ${service}: { image: nginx, networks: [front] }\nnetworks:\n  front: ${definition}\n`;
const IPV4 = "{ ipam: { config: [{ subnet: 10.150.0.0/24 }] } }";

function subnetsIn(folder: Folder, files: Readonly<Record<string, string>>): readonly string[] {
  const all = Object.keys(files).flatMap((file) => folder.text(file).match(/\d+\.\d+\.\d+\.\d+\/24/g) ?? []);
  return [...new Set(all)];
}

/** The projects that `include` one file, each in a directory of its own, and a file beside each of them. */
describe("a network of an included file, which is that of a project of its own as well", () => {
  const include = (file: string): string => `include: [${file}]\n${joining("[front]")}`;
  const layouts = [
    [
      "the file beside the one that includes it has an IPv4 subnet",
      {
        "compose.yaml": include("parts/compose.yaml"),
        "parts/compose.yaml": declaring("{}"),
        "compose.monitoring.yaml": declaring(IPV4, "m"),
      },
      ["10.150.0.0/24"],
    ],
    [
      "two projects include it, and a file beside one of them has a subnet",
      {
        "a/compose.yaml": include("../parts/compose.yaml"),
        "b/compose.yaml": include("../parts/compose.yaml"),
        "parts/compose.yaml": declaring("{}"),
        "b/compose.dev.yml": declaring(IPV4, "m"),
      },
      ["10.150.0.0/24"],
    ],
    [
      "two projects include it, and files beside both of them have none",
      {
        "a/compose.yaml": include("../parts/net.yaml"),
        "a/compose.dev.yaml": declaring("{}", "m"),
        "b/compose.yaml": include("../parts/net.yaml"),
        "b/compose.dev.yaml": declaring("{}", "m"),
        "parts/net.yaml": declaring("{}"),
      },
      [],
    ],
    [
      "a file beside the included one has a subnet",
      {
        "compose.yaml": include("parts/compose.yaml"),
        "parts/compose.yaml": declaring("{}"),
        "parts/compose.gpu.yaml": declaring(IPV4, "m"),
        "compose.monitoring.yaml": declaring("{}", "m"),
      },
      ["10.150.0.0/24"],
    ],
  ] as const;

  it.each(layouts)("gets one subnet, whichever file is fixed first: %s", async (_name, files, kept) => {
    const names = Object.keys(files);
    const texts: Record<string, string>[] = [];
    for (const order of [["."], names, names.toReversed()]) {
      const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
      for (const path of order) await run(folder, "--fix", path);
      expect(await run(folder)).toMatchObject({ status: 0 });
      const subnets = subnetsIn(folder, files);
      expect(subnets).toHaveLength(1);
      expect(subnets).toEqual(expect.arrayContaining([...kept]));
      texts.push(Object.fromEntries(names.map((name) => [name, folder.text(name)])));
    }
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });

  it("is not pinned where files beside two of the projects have different subnets", async () => {
    const files = {
      "a/compose.yaml": include("../parts/compose.yaml"),
      "a/compose.dev.yaml": declaring(IPV4, "m"),
      "b/compose.yaml": include("../parts/compose.yaml"),
      "b/compose.dev.yaml": declaring(IPV4.replace("150", "151"), "m"),
      "parts/compose.yaml": declaring("{}"),
    };
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
    const { status, out } = await run(folder, "--fix");
    expect(status).toBe(1);
    expect(out).toContain("a/compose.dev.yaml:4:39 and b/compose.dev.yaml:4:39 have different subnets for it");
    expect(folder.text("parts/compose.yaml")).toBe(files["parts/compose.yaml"]);
  });

  it.each([
    ["by its own name", "parts"],
    ["by that of the project which includes it", "shop"],
  ])("moves %s with the addresses of all that have it", async (_name, project) => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "shop/compose.yaml": `include: [../parts/compose.yaml]\n${joining("{ front: { ipv4_address: 192.168.7.6 } }")}`,
      "parts/compose.yaml": declaring(IPV4.replace("10.150.0.0", "192.168.7.0")),
    });
    expect((await run(folder, "renumber", `${project}_front`, "--to", "10.60.0.0/24", "--fix")).status).toBe(0);
    expect(folder.text("shop/compose.yaml")).toContain("ipv4_address: 10.60.0.6");
    expect(folder.text("parts/compose.yaml")).toContain("subnet: 10.60.0.0/24");
  });
});
