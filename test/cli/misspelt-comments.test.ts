import { describe, expect, it } from "vitest";

import { folderWith, OPEN, POLICY, run } from "./command.js";

/** The warnings about the comment in the first line. */
function warningsOf(comment: string): readonly string[] {
  const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": `# ${comment}\n${OPEN}` });
  const { findings } = JSON.parse(run(folder, ["--format", "json"]).stdout) as {
    findings: readonly { rule: string | null; severity: string; line: number; message: string }[];
  };
  return findings
    .filter(({ rule, line }) => rule === null && line === 1)
    .map((each) => `${each.severity} ${each.message}`);
}

describe("a comment about a rule", () => {
  it.each([
    ["without its prefix", "eslint-disable-next-line require-subnet", "require-subnet"],
    ["without its prefix, for the whole file", "eslint-disable require-subnet -- later", "require-subnet"],
    ["without its prefix, that sets it", "eslint require-subnet: off", "require-subnet"],
    ["with a letter too few", "eslint-disable-next-line require-subne", "require-subne"],
    ["with two letters swapped", "eslint-disable-next-line require-subnte", "require-subnte"],
    [
      "with a slip in the prefix",
      "eslint-disable-next-line compose-network/require-subnet",
      "compose-network/require-subnet",
    ],
  ])("%s is told the right spelling", (_, comment, name) => {
    expect(warningsOf(comment)).toEqual([
      `warning There is no rule "${name}", so the comment has no effect. Write compose-networks/require-subnet.`,
    ]);
  });

  it.each([
    ["another plugin", "eslint-disable-next-line yml/require-string-key, other/require-subnet"],
    ["ESLint itself", "eslint-disable-next-line no-undef, require-await"],
    ["nobody in particular", "eslint-disable-next-line subnet"],
  ])("of %s is left alone", (_, comment) => {
    expect(warningsOf(comment)).toEqual([]);
  });

  it("of ours that is right has its effect", () => {
    expect(warningsOf("eslint-disable-next-line compose-networks/require-subnet")).toEqual([]);
  });
});
