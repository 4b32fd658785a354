import { describe, expect, it } from "vitest";

import { baselineText, readBaseline, type BaselineRow } from "../../src/policy/baseline/baseline-file.js";
import { formatLocation } from "../../src/policy/source-text.js";

const row = (file: string, parts: Partial<BaselineRow> = {}): BaselineRow => ({
  file,
  rule: "require-subnet",
  network: "./default",
  subject: "IPv4",
  count: 1,
  ...parts,
});

const ROWS = [
  row("b.yaml", { count: 2 }),
  row("a.yaml", { rule: "valid-ipam" }),
  row("a.yaml"),
  row("daemon.json", { network: undefined, subject: undefined }),
];

describe("a baseline", () => {
  it("has the same text for the same rows, in whatever order they come", () => {
    expect(baselineText(ROWS)).toBe(baselineText([...ROWS].reverse()));
    expect(baselineText(ROWS.slice(2))).toBe(`{
  "version": 1,
  "findings": [
    {
      "file": "a.yaml",
      "rule": "require-subnet",
      "network": "./default",
      "subject": "IPv4"
    },
    {
      "file": "daemon.json",
      "rule": "require-subnet"
    }
  ]
}
`);
  });

  it("is read as it was written", () => {
    const { rows, faults } = readBaseline("baseline.json", baselineText(ROWS));
    expect(faults).toEqual([]);
    expect(baselineText(rows.values())).toBe(baselineText(ROWS));
    expect(readBaseline("baseline.json", baselineText([])).rows.size).toBe(0);
  });

  it("takes a row that two branches have added as one", () => {
    const text = JSON.stringify({ version: 1, findings: [row("a.yaml"), row("a.yaml", { count: 3 })] });
    expect([...readBaseline("baseline.json", text).rows.values()]).toEqual([row("a.yaml", { count: 3 })]);
  });

  it.each([
    ["", 'baseline.json:1:1 the file is empty; remove it, or write { "version": 1 }'],
    ['{ "version": 2 }', "baseline.json:1:14 version 2 is not known; the only version known here is 1"],
    ['{ "version": 1, "finding": [] }', 'baseline.json:1:17 unknown key "finding"; did you mean "findings"?'],
    [
      '{ "version": 1,\n  "findings": [{ "file": "a.yaml" }] }',
      'baseline.json:2:18 missing key "rule", as in rule: "require-subnet"',
    ],
    [
      '{ "version": 1, "findings": [{ "file": "a.yaml", "rule": "x", "count": 0 }] }',
      "baseline.json:1:72 0: a number of findings is a whole number from 1 to 2147483648",
    ],
    ["<<<<<<< HEAD\n", undefined],
  ])("with a mistake counts for nothing, and says where: %j", (text, fault) => {
    const { rows, faults } = readBaseline("baseline.json", text);
    expect(rows.size).toBe(0);
    expect(faults.length).toBeGreaterThan(0);
    if (fault !== undefined) expect(faults.map((each) => `${formatLocation(each)} ${each.message}`)).toEqual([fault]);
  });
});
