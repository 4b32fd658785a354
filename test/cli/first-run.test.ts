import { describe, expect, it } from "vitest";

import { folderWith, git, OPEN, POLICY, run, type Folder } from "./command.js";

const OVERLAPPING = (subnet: string): string =>
  `services: { web: { image: nginx } }\nnetworks: { default: { ipam: { config: [{ subnet: ${subnet} }] } } }\n`;

/** As many projects, each with a network without a subnet; two of them have the same subnet on top of that. */
function repositoryOf(projects: number, files: Readonly<Record<string, string>> = {}): Folder {
  const names = Array.from({ length: projects }, (_, index) => `apps/app-${String(index + 1).padStart(2, "0")}`);
  const folder = folderWith({
    ...Object.fromEntries(names.map((name) => [`${name}/compose.yaml`, OPEN])),
    "one/compose.yaml": OVERLAPPING("10.40.1.0/24"),
    "two/compose.yaml": OVERLAPPING("10.40.1.0/24"),
    ...files,
  });
  git(folder, "init", "--quiet");
  return folder;
}

const linesOf = ({ stdout }: { readonly stdout: string }): readonly string[] => stdout.trimEnd().split("\n");

describe("a run of a repository without a policy file", () => {
  it("says where it looked, groups equal findings with a free subnet each, and names the next step", () => {
    const result = run(repositoryOf(3), []);
    expect(result.status).toBe(1);
    const free = /free: 10\.\d+\.\d+\.0\/24/;
    expect(linesOf(result).map((line) => line.replace(free, "free: SUBNET"))).toEqual([
      "No policy file was found: looked for forbidden-ranges.yaml (also .yml, .json) from each compose file up to this directory.",
      "Without it, only the rules that need no forbidden ranges run.",
      "",
      "3 errors  compose-networks/require-subnet: Require a subnet for every network that Compose creates",
      '  it may pick another of 31 subnets on each host and after each "down", even if the range is in use elsewhere',
      '  apps/app-01/compose.yaml:1:1  network "default"  free: SUBNET',
      '  apps/app-02/compose.yaml:1:1  network "default"  free: SUBNET',
      '  apps/app-03/compose.yaml:1:1  network "default"  free: SUBNET',
      "",
      "2 errors  compose-networks/no-overlapping-subnets: Disallow networks whose subnets overlap",
      '  while one of the projects is up, "up" of the other fails',
      '  one/compose.yaml:2:51  10.40.1.0/24 of network "default" is also the subnet of network "default" of project "two" (two/compose.yaml:2:51)',
      '  two/compose.yaml:2:51  10.40.1.0/24 of network "default" is also the subnet of network "default" of project "one" (one/compose.yaml:2:51)',
      "",
      "Next: run compose-networks init. It writes a policy file with your ranges and a pool; then --fix writes free subnets.",
      "--verbose shows each finding with its line and what to do.",
      "checked 5 files: 5 projects, 5 networks; 5 errors; no policy file up to . (run compose-networks init)",
    ]);
  });

  it("proposes another free subnet for each network", () => {
    const subnets = linesOf(run(repositoryOf(20), [])).flatMap((line) => /free: (\S+)/.exec(line)?.[1] ?? []);
    expect(subnets).toHaveLength(20);
    expect(new Set(subnets).size).toBe(20);
  });

  it.each([40, 400])("fits on two screens for %i projects, and counts what it leaves out", (projects) => {
    const result = run(repositoryOf(projects), []);
    expect(linesOf(result).length).toBeLessThanOrEqual(60);
    expect(result.stdout).toContain(`${projects} errors  compose-networks/require-subnet`);
    const shown = linesOf(result).filter((line) => line.startsWith("  apps/")).length;
    if (shown < projects) expect(result.stdout).toContain(`  and ${projects - shown} more\n`);
  });

  it("shows each finding whole with --verbose, and where there are only a few", () => {
    const verbose = run(repositoryOf(40), ["--verbose"]).stdout;
    expect(verbose.match(/apps\/app-\d+\/compose\.yaml:1:1 {2}error/g)).toHaveLength(40);
    const few = run(repositoryOf(1), []).stdout;
    expect(few).toContain("apps/app-01/compose.yaml:1:1  error");
    expect(few).toContain("   1 | services:");
  });

  it("is as before once there is a policy file, and in formats for programs", () => {
    const { stdout } = run(repositoryOf(5, { "forbidden-ranges.yaml": POLICY }), []);
    expect(stdout).toContain("apps/app-05/compose.yaml:1:1  error");
    expect(stdout).not.toContain("No policy file");
    const json = JSON.parse(run(repositoryOf(40), ["--format", "json"]).stdout) as { findings: unknown[] };
    expect(json.findings.length).toBeGreaterThan(40);
  });
});
