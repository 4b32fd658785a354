import { describe, expect, it } from "vitest";

import { proposedPool } from "../../../../src/cli/commands/init/proposed-pool.js";
import type { AddressRange } from "../../../../src/ipam/address.js";
import { DOCKER_DEFAULT_POOLS } from "../../../../src/ipam/docker-pools.js";
import { parsePrefix, rangeOf, type Prefix } from "../../../../src/ipam/prefix.js";
import { rangesOverlap } from "../../../../src/ipam/range.js";
import { folderWith } from "../../command.js";
import { inProcess } from "../../in-process.js";

const IDS = ["acme-shop", "acme-blog", "infra", "x", "billing", "ops", "ein-name", "zzz"];

function prefixOf(cidr: string): Prefix {
  const parsed = parsePrefix(cidr);
  if (!parsed.ok) throw new Error(cidr);
  return parsed.value;
}

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
    const { stdout } = await inProcess(folder.path, [
      "--rule",
      "no-default-pool-subnet:error",
      "--rule",
      "no-public-subnet:error",
    ]);
    expect(stdout).toContain("no findings");
  });
});
