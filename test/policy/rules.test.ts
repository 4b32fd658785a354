import { describe, expect, it } from "vitest";

import { faultsOf, loaded, pointedAt, POLICY } from "./faults-of.js";

const file = (...lines: readonly string[]): string => ["version: 1", "rules:", ...lines, ""].join("\n");
const rulesOf = (...lines: readonly string[]) => Object.fromEntries(loaded({ [POLICY]: file(...lines) }).rules);

describe("an entry of rules", () => {
  it("holds a severity, options, or a list of both", () => {
    expect(
      rulesOf(
        "  require-subnet: off",
        "  valid-ipam: { engine: { min: '28' } }",
        "  no-public-subnet: [error]",
        "  subnet-size: [warn, { largest: 18 }]",
      ),
    ).toEqual({
      "require-subnet": { level: "off" },
      "valid-ipam": { options: { engine: { min: "28" } } },
      "no-public-subnet": { level: "error" },
      "subnet-size": { level: "warn", options: { largest: 18 } },
    });
  });

  it("may be an alias", () => {
    expect(rulesOf("  require-subnet: &families { families: [ipv4] }", "  require-bridge-name: off")).toMatchObject({
      "require-subnet": { options: { families: ["ipv4"] } },
    });
    const shared = file("  require-subnet: [error, &once { checkUnused: true }]", "  valid-ipam: [*once]");
    expect(faultsOf(shared)).toEqual(["3:33-3:54 expected a severity, found a map"]);
  });

  it("overrides what the extended files say of the same rule, and leaves their other rules", () => {
    const policy = loaded({
      [POLICY]: "version: 1\nextends: [company.yaml]\nrules: { require-subnet: warn }\n",
      "company.yaml":
        "version: 1\nrules: { require-subnet: [off, { when: unsafe }], no-public-subnet: off, subnet-size: off }\nextends: [more.yaml]\n",
      "more.yaml": "version: 1\nrules: { subnet-size: error, valid-ipam: warn }\n",
    });
    expect(Object.fromEntries(policy.rules)).toEqual({
      "require-subnet": { level: "warn" },
      "no-public-subnet": { level: "off" },
      "subnet-size": { level: "off" },
      "valid-ipam": { level: "warn" },
    });
  });

  it.each([
    [
      "a name that no rule has",
      "  require-subnets: error",
      '3:3-3:18 there is no rule "require-subnets"; did you mean "require-subnet"?',
    ],
    [
      "ESLint's name",
      "  compose-networks/valid-ipam: error",
      '3:3-3:30 there is no rule "compose-networks/valid-ipam"; did you mean "valid-ipam"?',
    ],
    [
      "a severity that there is not",
      "  valid-ipam: warning",
      '3:15-3:22 "warning" is not a severity; did you mean "warn"?',
    ],
    [
      "a number",
      "  valid-ipam: 2",
      "3:15-3:16 expected a severity, options, or a list of both, found 2, which is a number",
    ],
    [
      "nothing",
      "  valid-ipam:",
      '3:3-3:13 the rule "valid-ipam" has no value; write a severity, options, or a list of both',
    ],
    [
      "an empty list",
      "  valid-ipam: []",
      "3:15-3:17 the list has 0 entries; write a severity, and then the options in one map",
    ],
    [
      "three entries",
      "  valid-ipam: [error, {}, {}]",
      "3:15-3:30 the list has 3 entries; write a severity, and then the options in one map",
    ],
    [
      "options that are none",
      "  valid-ipam: [error, 28]",
      "3:23-3:25 expected a map of options, found 28, which is a number",
    ],
    [
      "an option that the rule has not",
      "  require-subnet: { whne: unsafe }",
      '3:21-3:25 rule "require-subnet": it has no option "whne"; did you mean "when"?',
    ],
    [
      "a value that the option has not",
      "  require-subnet: [error, { when: unsave }]",
      '3:29-3:33 rule "require-subnet": "unsave" is not a valid "when"; did you mean "unsafe"?',
    ],
    [
      "an option of a rule without any",
      "  no-forbidden-daemon-pool: { when: unsafe }",
      '3:3-3:27 rule "no-forbidden-daemon-pool": it has no options',
    ],
    [
      "a rule twice",
      "  valid-ipam: warn\n  valid-ipam: off",
      '4:3-4:13 the key "valid-ipam" stands twice here, first on line 3',
    ],
  ])("with %s is a fault at its place", (_, lines, fault) => {
    expect(faultsOf(file(lines))).toEqual([fault]);
  });

  it("is told of each option that is wrong, and in the file that is extended too", () => {
    expect(pointedAt(file("  require-subnet: { when: never, checkUnused: 1 }"))).toEqual(["when", "checkUnused"]);
    expect(faultsOf("version: 1\nextends: [company.yaml]\n", { "company.yaml": file("  valid-ipm: off") })).toEqual([
      'company.yaml:3:3-3:12 there is no rule "valid-ipm"; did you mean "valid-ipam"?',
    ]);
  });

  it("can't be made to stand for more than the file has", () => {
    const laughs = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const lines = laughs.map(
      (name, index) =>
        `  x${name}: &${name} [off, { k: [${Array(9)
          .fill(index === 0 ? "1" : `*${laughs[index - 1] ?? ""}`)
          .join(", ")}] }]`,
    );
    expect(faultsOf(file(...lines)).some((fault) => fault.includes("the aliases expand to too much"))).toBe(true);
  });
});
