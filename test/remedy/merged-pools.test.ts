import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

const POLICY = `version: 1
id: merged-pools
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
`;

const front = (definition: string): string =>
  `services:\n  it: { image: nginx, networks: [front] }\nnetworks:\n  front: { ${definition} }\n`;
const pinned = (subnet: string): string => `ipam: { config: [{ subnet: "${subnet}" }] }`;
const ON = "enable_ipv6: true";
const BOTH = /subnet: .*subnet: /;

/** Of two lists with two pools each, Compose takes one pool twice, and of two and one it keeps one. */
describe("of files that may be merged, one has the subnets of both families, whichever is fixed first", () => {
  it.each([
    ["the base, where none has any", "compose.yaml", front(ON), front(""), "compose.dev.yaml"],
    ["the base, where all have IPv6 on", "compose.yaml", front(ON), front(ON), "compose.a.yaml"],
    [
      "the base, where it has one",
      "compose.yaml",
      front(`${ON}, ${pinned("10.150.0.0/24")}`),
      front(""),
      "compose.a.yaml",
    ],
    [
      "the other one, where that has one",
      "compose.dev.yaml",
      front(ON),
      front(`${ON}, ${pinned("fd00:9::/64")}`),
      "compose.dev.yaml",
    ],
  ])("%s", async (_name, home, base, beside, name) => {
    const files = { "compose.yaml": base, [name]: beside };
    const texts: string[][] = [];
    for (const order of [["."], Object.keys(files), Object.keys(files).toReversed()]) {
      const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...files });
      let out = "";
      for (const path of order) {
        await turn();
        out = (await inProcess(toPosix(folder.path), ["--fix", path])).stdout;
      }
      expect(folder.text(home)).toMatch(BOTH);
      const other = home === name ? "compose.yaml" : name;
      expect(folder.text(other)).toBe(home === name ? base : beside);
      if (order.length === 1) expect(out).toContain(`if a second file has one: ${home}:4:`);
      texts.push(Object.keys(files).map((file) => folder.text(file)));
    }
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).toEqual(texts[0]);
  });

  it("but each has its own of IPv4 alone, which Compose merges into one", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": front(""),
      "compose.dev.yaml": front(""),
    });
    expect((await inProcess(toPosix(folder.path), ["--fix"])).status).toBe(0);
    expect(folder.text("compose.dev.yaml")).toBe(folder.text("compose.yaml"));
  });
});
