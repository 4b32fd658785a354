import { describe, expect, it } from "vitest";

import { rules } from "../../../../rules/index.js";
import { proposedPool } from "../../../../src/cli/commands/init/proposed-pool.js";
import type { AddressRange } from "../../../../src/ipam/address.js";
import { DOCKER_DEFAULT_POOLS } from "../../../../src/ipam/docker-pools.js";
import { parsePrefix, rangeOf, type Prefix } from "../../../../src/ipam/prefix.js";
import { rangesOverlap } from "../../../../src/ipam/range.js";
import { folderWith, run } from "../../command.js";
import { inProcess } from "../../in-process.js";

const IDS = ["acme-shop", "acme-blog", "infra", "x", "billing", "ops", "ein-name", "zzz"];

function prefixOf(cidr: string): Prefix {
  const parsed = parsePrefix(cidr);
  if (!parsed.ok) throw new Error(cidr);
  return parsed.value;
}

/** All of them but the one about names. */
const EVERY_RULE = rules
  .filter(({ name }) => name !== "require-bridge-name")
  .flatMap(({ name }) => ["--rule", `${name}:error`]);

const ranges = (...cidrs: readonly string[]): AddressRange[] => cidrs.map((cidr) => rangeOf(prefixOf(cidr)));

describe("the space that init proposes", () => {
  it("lies where the id says, so that two repositories rarely have the same", () => {
    const proposed = IDS.map((id) => proposedPool(id, [], 3)?.cidr);
    expect(new Set(proposed).size).toBe(IDS.length);
    expect(IDS.map((id) => proposedPool(id, [], 3)?.cidr)).toEqual(proposed);
    expect(proposedPool("acme-shop", [], 3)).toEqual({ cidr: "10.27.0.0/16", prefix: "24" });
  });

  it.each([0, 1, 32, 33, 64, 65, 128, 129, 500, 2000])("has eight subnets for each of %i networks", (networks) => {
    const { cidr = "", prefix = "" } = proposedPool("acme-shop", [], networks) ?? {};
    const { length } = prefixOf(cidr);
    expect(2 ** (Number(prefix) - length)).toBeGreaterThanOrEqual(8 * networks);
    expect(Number(prefix)).toBeLessThanOrEqual(26);
    // Smaller subnets come before more space.
    if (networks <= 128) expect(length).toBe(16);
  });

  it("is 172.16.0.0/16 where all of 10.0.0.0/8 is forbidden, and nothing where that is as well", () => {
    const forbidden = ranges("10.0.0.0/8", "192.168.0.0/16");
    expect(proposedPool("acme-shop", forbidden, 3)).toEqual({ cidr: "172.16.0.0/16", prefix: "24" });
    expect(proposedPool("acme-shop", [...forbidden, ...ranges("172.16.0.0/12")], 3)).toBeUndefined();
  });

  it("is a smaller block where no /16 is free", () => {
    const taken = Array.from({ length: 256 }, (_, index) => `10.${index}.0.0/17`);
    const { cidr = "", prefix } = proposedPool("acme-shop", ranges(...taken, "172.16.0.0/16"), 3) ?? {};
    expect(cidr).toMatch(/^10\.\d+\.128\.0\/17$/);
    expect(prefix).toBe("24");
  });

  it("never touches what is forbidden, or what Docker takes by itself", () => {
    const forbidden = ranges("10.0.0.0/9", "10.200.0.0/13", "172.16.0.0/24");
    for (const id of IDS) {
      for (const networks of [1, 100, 400]) {
        const { cidr = "" } = proposedPool(id, forbidden, networks) ?? {};
        const own = rangeOf(prefixOf(cidr));
        const all = [...forbidden, ...DOCKER_DEFAULT_POOLS.map(({ base }) => rangeOf(base))];
        expect(
          all.some((range) => rangesOverlap(range, own)),
          `${id}: ${cidr}`,
        ).toBe(false);
      }
    }
  });

  it.each([
    ["little", "  - { cidr: 192.168.0.0/16, name: offices }\n", ranges("192.168.0.0/16")],
    ["all of 10.0.0.0/8", "  - { cidr: 10.0.0.0/8, name: WAN }\n", ranges("10.0.0.0/8")],
    ["half of it", "  - { cidr: 10.128.0.0/9, name: VPC }\n", ranges("10.128.0.0/9")],
  ])("raises none of our rules where %s is forbidden, and --fix takes subnets from it", async (_name, text, taken) => {
    const { cidr = "", prefix = "" } = proposedPool("acme-shop", taken, 1) ?? {};
    const folder = folderWith({
      "forbidden-ranges.yaml": `version: 1\nid: acme-shop\nforbidden:\n${text}pools:\n  - { cidr: ${cidr}, prefix: ${prefix} }\n`,
      "compose.yaml": "services:\n  web: { image: caddy }\n",
    });
    expect(await inProcess(folder.path, ["--fix"])).toMatchObject({ status: 0 });
    const { stdout } = await inProcess(folder.path, EVERY_RULE);
    expect(stdout).toContain("no findings");
  });

  it("raises none of our rules with forty networks, whatever the id", async () => {
    for (const id of IDS) {
      const taken = ranges("10.0.0.0/8", "192.168.0.0/16");
      const { cidr = "", prefix = "" } = proposedPool(id, id.length > 5 ? taken : [], 40) ?? {};
      const forbidden = id.length > 5 ? "[10.0.0.0/8, 192.168.0.0/16]" : "[]";
      const apps = Array.from({ length: 20 }, (_, app): [string, string] => [
        `apps/a${app}/compose.yaml`,
        "services:\n  web: { image: caddy, networks: [default, back] }\nnetworks: { back: {} }\n",
      ]);
      const folder = folderWith({
        "forbidden-ranges.yaml": `version: 1\nid: ${id}\nforbidden: ${forbidden}\nhosts: { prod-1: "apps/**" }\npools:\n  - { cidr: ${cidr}, prefix: ${prefix} }\n`,
        ...Object.fromEntries(apps),
      });
      expect(await inProcess(folder.path, ["--fix"])).toMatchObject({ status: 0 });
      const { stdout } = await inProcess(folder.path, EVERY_RULE);
      expect(stdout, `${id}: ${cidr}`).toContain("no findings");
    }
  });

  it("lies beside the subnets that are written, where it can", () => {
    expect(proposedPool("acme-shop", [], 3, ranges("10.27.4.0/24"))).toEqual({ cidr: "10.28.0.0/16", prefix: "24" });
    const forbidden = ranges("10.0.0.0/8");
    const all = ranges("172.16.0.0/17", "172.16.128.0/17");
    expect(proposedPool("acme-shop", forbidden, 3, all)).toEqual({ cidr: "172.16.0.0/16", prefix: "24" });
  });

  it("is never carrier-grade NAT; whoever asks for that is warned", () => {
    expect(proposedPool("acme-shop", ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"), 1)).toBeUndefined();
    const folder = folderWith({ "compose.yaml": "services:\n  web: { image: caddy }\n" });
    const asking = (pool: string): readonly string[] => [
      "init",
      "--forbid",
      "192.168.0.0/24 office LAN",
      "--pool",
      pool,
      "--dry-run",
    ];
    expect(run(folder, asking("100.72.0.0/16")).stderr).toContain(
      "warning: 100.72.0.0/16 is carrier-grade NAT space (100.64.0.0/10): Tailscale and some Internet providers give such addresses to hosts, which containers then can't reach\n",
    );
    expect(run(folder, asking("10.72.0.0/16")).stderr).not.toContain("warning");
  });
});
