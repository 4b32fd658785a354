import { describe, expect, it } from "vitest";
import { type Prefix, parsePrefix, rangeOf } from "../../src/ipam/prefix.js";
import { enforcedRanges, isAllowed } from "../../src/policy/enforcement.js";
import { loaded, POLICY } from "./faults-of.js";

function prefix(text: string): Prefix {
  const result = parsePrefix(text);
  if (!result.ok) throw new Error(result.fault.reason);
  return result.value;
}

describe("enforced ranges", () => {
  const policy = loaded({
    [POLICY]: `version: 1
extends: [list.txt]
forbidden:
  - { cidr: 10.1.0.0/16, until: 2027-03-31 }
  - { cidr: 10.2.0.0/16, severity: off }
  - { cidr: 10.3.0.0/16, severity: warn, except: 10.3.7.0/24 }
`,
    "list.txt": "10.4.0.0/16 # branch\n",
  });
  const hit = (subnet: string, today = "2027-01-01"): string | undefined =>
    enforcedRanges(policy, today).firstOverlapping(rangeOf(prefix(subnet)))?.written;

  it("hold up to and on the day of until", () => {
    expect(hit("10.1.5.0/24", "2027-03-30")).toBe("10.1.0.0/16");
    expect(hit("10.1.5.0/24", "2027-03-31")).toBe("10.1.0.0/16");
    expect(hit("10.1.5.0/24", "2027-04-01")).toBeUndefined();
  });

  it("leave out what is switched off", () => {
    expect(hit("10.2.5.0/24")).toBeUndefined();
  });

  it("leave the holes free, and nothing next to them", () => {
    expect(hit("10.3.7.0/24")).toBeUndefined();
    expect(hit("10.3.6.0/23")).toBe("10.3.0.0/16");
    expect(hit("10.3.8.0/24")).toBe("10.3.0.0/16");
  });

  it("hold those of plain lists", () => {
    const [found] = enforcedRanges(policy, "2027-01-01").overlapping(rangeOf(prefix("10.4.0.0/24")));
    expect(found?.name).toBe("branch");
  });
});

describe("an exception", () => {
  const policy = loaded({
    [POLICY]: `version: 1
allow:
  - { file: legacy/compose.yaml, network: default, cidr: 10.4.0.0/24, reason: A, expires: 2027-01-31 }
  - { file: "sandbox/**", reason: B }
  - { file: "*.yaml", network: back, reason: C }
`,
  });
  const reason = (
    file: string,
    network: string,
    subnet: string | undefined,
    today = "2027-01-31",
  ): string | undefined =>
    isAllowed(policy, { file, network, subnet: subnet === undefined ? undefined : prefix(subnet) }, today)?.reason;

  it("covers the network of the file whose subnet lies in the block", () => {
    expect(reason("legacy/compose.yaml", "default", "10.4.0.0/24")).toBe("A");
    expect(reason("./legacy/compose.yaml", "default", "10.4.0.128/25")).toBe("A");
  });

  it.each([
    ["another file", "compose.yaml", "default", "10.4.0.0/24"],
    ["another network", "legacy/compose.yaml", "back", "10.4.0.0/24"],
    ["another subnet", "legacy/compose.yaml", "default", "10.4.1.0/24"],
    ["a larger subnet", "legacy/compose.yaml", "default", "10.4.0.0/23"],
    ["a subnet that Docker is to choose", "legacy/compose.yaml", "default", undefined],
  ])("does not cover %s", (_, file, network, subnet) => {
    expect(reason(file, network, subnet)).toBeUndefined();
  });

  it("counts up to and on the day of expires", () => {
    expect(reason("legacy/compose.yaml", "default", "10.4.0.0/24", "2027-02-01")).toBeUndefined();
  });

  it("without network and cidr covers all of its files", () => {
    expect(reason("sandbox/a/compose.yaml", "x", undefined)).toBe("B");
    expect(reason("sandbox/compose.yaml", "y", "10.0.0.0/24")).toBe("B");
  });

  it("without cidr covers any subnet of the network", () => {
    expect(reason("compose.yaml", "back", undefined)).toBe("C");
    expect(reason("compose.yaml", "front", undefined)).toBeUndefined();
  });
});
