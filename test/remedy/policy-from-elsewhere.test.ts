import { setImmediate as turn } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { folderWith, git } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { runESLint } from "../lint/both-hosts.js";

const POLICY = `version: 1
id: company
forbidden:
  - { cidr: 192.168.0.0/16, name: offices }
`;
const POOLS = "pools:\n  - { cidr: 10.201.0.0/16, prefix: 24 }\n";
const PINNED = "ipam: { config: [{ subnet: 10.50.7.0/24 }] }";
const joining = "services:\n  it: { image: nginx, networks: [edge] }\n";
const declaring = (definition: string): string => `${joining}networks:\n  edge: { ${definition} }\n`;

const layouts = [
  [
    "another project",
    "a/compose.yaml",
    { "a/compose.yaml": declaring("name: edge"), "b/compose.yaml": declaring(`name: edge, ${PINNED}`) },
  ],
  [
    "the base",
    "compose.monitoring.yaml",
    { "compose.yaml": declaring(PINNED), "compose.monitoring.yaml": declaring("") },
  ],
  [
    "a file beside the one that includes it",
    "parts/compose.yaml",
    {
      "compose.yaml": `include: [parts/compose.yaml]\n${joining.replace("it:", "that:")}`,
      "compose.dev.yaml": declaring(PINNED),
      "parts/compose.yaml": declaring(""),
    },
  ],
] as const;

describe("a policy from elsewhere, under which nobody says which repository it is", () => {
  it.each(layouts.flatMap(([where, file, files]) => [POOLS, ""].map((pools) => [where, file, files, pools] as const)))(
    "offers the subnet of %s for %s, and writes it only with --id",
    async (_where, file, files, pools) => {
      // Without pools, nobody looks for those that include a file.
      const isLookedFor = pools !== "" || !file.startsWith("parts/");
      const ranges = toPosix(folderWith({ "company.yaml": POLICY + pools }).at("company.yaml"));
      const repo = folderWith(files);
      git(repo, "init", "--quiet");
      const given = toPosix(repo.path);
      const { stdout } = await inProcess(given, ["--fix", "--ranges", ranges]);
      expect(Object.keys(files).map((name) => repo.text(name))).toEqual(Object.values(files));
      if (isLookedFor) expect(stdout).toContain('has an "id", or with --id NAME');
      await turn();
      const recommended = rules.filter(({ docs }) => docs.recommended === "recommended");
      const setup = { rules: recommended, levels: {}, cwd: given, settings: { today: "2026-11-28", ranges } };
      const { said, fixed } = runESLint(setup, toPosix(repo.at(file)), repo.text(file));
      expect(fixed).toBe(repo.text(file));
      const offered = said.flatMap(({ suggestions }) => suggestions.map(({ text }) => text));
      if (isLookedFor) expect(offered.join()).toContain("subnet: 10.50.7.0/24");
      await turn();
      await inProcess(given, ["--fix", "--ranges", ranges, "--id", "shop"]);
      if (isLookedFor) expect(repo.text(file)).toContain("subnet: 10.50.7.0/24");
    },
  );

  it("and consistent-network names the command that writes", async () => {
    const [, , files] = layouts[0];
    const ranges = toPosix(folderWith({ "company.yaml": POLICY + POOLS }).at("company.yaml"));
    const repo = folderWith(files);
    git(repo, "init", "--quiet");
    const { stdout } = await inProcess(toPosix(repo.path), ["--ranges", ranges]);
    expect(stdout).toContain("Run compose-networks --fix --id NAME a/compose.yaml, and commit the result");
  });
});

it("half of a policy writes no subnet of another file either", async () => {
  const [, , files] = layouts[0];
  const repo = folderWith({ "forbidden-ranges.yaml": `${POLICY}  - { cidr: 10.50.7.0/33 }\n${POOLS}`, ...files });
  await inProcess(toPosix(repo.path), ["--fix"]);
  expect(Object.keys(files).map((name) => repo.text(name))).toEqual(Object.values(files));
});
