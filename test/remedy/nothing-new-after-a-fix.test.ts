import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";

const POLICY = `version: 1
id: nothing-new
forbidden:
  - { cidr: 172.16.0.0/12, name: WAN }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
  - { cidr: "fd12:3456:789a::/48", prefix: 64 }
`;

const edge = (definition: string): string =>
  `services:\n  it: { image: nginx, networks: [edge] }\nnetworks:\n  edge: { name: edge${definition} }\n`;
const pinned = (...subnets: readonly string[]): string =>
  `, ipam: { config: [${subnets.map((subnet) => `{ subnet: "${subnet}" }`).join(", ")}] }`;
const [IPV4, IPV6, ON] = ["10.50.0.0/24", "fd00:9::/64", ", enable_ipv6: true"];

/** The findings as the last lines of their cards tell them: the place, and the rule. */
async function findings(folder: Folder, ...args: readonly string[]): Promise<readonly string[]> {
  await turn();
  const { stdout } = await inProcess(toPosix(folder.path), [...args, "--format", "json"]);
  await turn();
  return [...stdout.matchAll(/"message":\s*"([^"\\]*(?:\\.[^"\\]*)*)"/g)].map(([, message = ""]) =>
    // Where a subnet is written moves with what is written before it.
    message.replace(/:\d+:\d+/g, ""),
  );
}

describe("what --fix leaves was said before, and is said again", () => {
  it.each([
    ["one has IPv6 switched on", edge(ON), edge("")],
    ["one has both subnets, the other one nothing", edge(ON + pinned(IPV4, IPV6)), edge("")],
    ["one has its IPv6 subnet, the other one its IPv4 subnet", edge(ON + pinned(IPV6)), edge(ON + pinned(IPV4))],
    [
      "one has both, the other one another IPv6 subnet",
      edge(ON + pinned(IPV4, IPV6)),
      edge(ON + pinned("fd00:8::/64")),
    ],
    ["one is internal and pinned", edge(`, internal: true${pinned(IPV4)}`), edge("")],
    ["one has an option of the driver and is pinned", edge(`, driver_opts: { a: b }${pinned(IPV4)}`), edge("")],
    ["one has IPv4 switched off", edge(`, enable_ipv4: false${ON}${pinned(IPV6)}`), edge(ON)],
  ])("%s", async (_name, a, b) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "a/compose.yaml": a, "b/compose.yaml": b });
    const before = await findings(folder);
    expect(before.length).toBeGreaterThan(0);
    const left = await findings(folder, "--fix");
    expect(before).toEqual(expect.arrayContaining([...left]));
    const texts = ["a", "b"].map((name) => folder.text(`${name}/compose.yaml`));
    expect(await findings(folder, "--fix")).toEqual(left);
    expect(["a", "b"].map((name) => folder.text(`${name}/compose.yaml`))).toEqual(texts);
  });

  it("also of a file that had nothing to fix", async () => {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "a/compose.yaml": edge(pinned(IPV4)),
      "b/compose.yaml": edge(""),
      "c/compose.yaml": edge(`, internal: true${pinned(IPV4)}`),
    });
    const left = await findings(folder, "--fix");
    expect(left.join("\n")).not.toContain("no subnet");
    expect(left).toHaveLength(3);
    expect(left.every((message) => message.includes("has another internal"))).toBe(true);
  });
});
