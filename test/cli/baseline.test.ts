import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, git, OPEN, POLICY, run, type Folder } from "./command.js";

const BASELINE = "compose-networks-baseline.json";
const TREE = { "forbidden-ranges.yaml": POLICY, "blog/compose.yaml": OPEN, "shop/compose.yaml": COLLIDING };

function inGit(files: Readonly<Record<string, string>> = TREE): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  return folder;
}

function rowsOf(folder: Folder): readonly string[] {
  const { findings } = JSON.parse(folder.text(BASELINE)) as {
    findings: { file: string; rule: string; network?: string; subject?: string; count?: number }[];
  };
  return findings.map(({ file, rule, network, subject, count }) =>
    [file, rule, network, subject, ...(count === undefined ? [] : [count])].join(" | "),
  );
}

function lastLineOf({ stdout }: { readonly stdout: string }): string | undefined {
  return stdout.trim().split("\n").at(-1);
}

describe("--suppress-all", () => {
  it("writes one row for each finding beside the policy file, and the next run passes", () => {
    const folder = inGit();
    expect(run(folder, ["--suppress-all"])).toEqual({
      status: 0,
      stdout: `checked 2 files: 2 projects, 2 networks; no findings; 2 suppressed by the baseline; wrote ${BASELINE} (2 findings); policy file: forbidden-ranges.yaml\n`,
      stderr: "",
    });
    expect(rowsOf(folder)).toEqual([
      "blog/compose.yaml | require-subnet | ./blog/default | IPv4",
      'shop/compose.yaml | no-forbidden-subnet | ./shop/default | 192.168.0.0/24, "office LAN" (192.168.0.0/24)',
    ]);
    const { status, stdout } = run(folder, []);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout:
        "checked 2 files: 2 projects, 2 networks; no findings; 2 suppressed by the baseline; policy file: forbidden-ranges.yaml\n",
    });
  });

  it("writes the same bytes again, from whatever folder it is started", () => {
    const folder = inGit();
    run(folder, ["--suppress-all"]);
    const before = folder.text(BASELINE);
    expect(run(folder, ["--suppress-all"]).status).toBe(0);
    expect(folder.text(BASELINE)).toBe(before);
    expect(run({ path: folder.at("shop") }, ["..", "--suppress-all"]).status).toBe(0);
    expect(folder.text(BASELINE)).toBe(before);
    expect(run({ path: folder.at("shop") }, []).status).toBe(0);
  });

  it("leaves the rows of files that were not checked", () => {
    const folder = inGit();
    expect(run(folder, ["blog", "--suppress-all"]).status).toBe(0);
    expect(rowsOf(folder)).toHaveLength(1);
    expect(run(folder, ["shop", "--suppress-all"]).status).toBe(0);
    expect(rowsOf(folder)).toHaveLength(2);
  });

  it("writes beside each policy file what is below it, and at the top where there is none", () => {
    const folder = inGit({ ...TREE, "shop/forbidden-ranges.yaml": `${POLICY}extends: [../forbidden-ranges.yaml]\n` });
    run(folder, ["--suppress-all"]);
    expect(rowsOf(folder)).toHaveLength(1);
    expect(folder.text(`shop/${BASELINE}`)).toContain("no-forbidden-subnet");
    const bare = inGit({ "blog/compose.yaml": OPEN });
    expect(run(bare, ["--suppress-all"]).status).toBe(0);
    expect(rowsOf(bare)).toEqual(["blog/compose.yaml | require-subnet | ./blog/default | IPv4"]);
  });

  it("writes nothing while the policy file or the baseline is faulty", () => {
    const folder = inGit({ ...TREE, "forbidden-ranges.yaml": `${POLICY}alow: []\n` });
    const { status, stderr } = run(folder, ["--suppress-all"]);
    expect(status).toBe(2);
    expect(stderr).toContain("forbidden-ranges.yaml:7:1: unknown key");
    expect(() => folder.text(BASELINE)).toThrow("ENOENT");
    const broken = inGit({ ...TREE, [BASELINE]: '{ "version": 1, "finding": [] }\n' });
    expect(run(broken, ["--suppress-all"])).toEqual({
      status: 2,
      stdout: "",
      stderr: `${BASELINE}:1:17: unknown key "finding"; did you mean "findings"?\ncompose-networks: no baseline is written, as the files named above are faulty; fix them first\n`,
    });
  });

  it("comes after --fix, which leaves what it can't fix", () => {
    const folder = inGit();
    expect(run(folder, ["--fix", "--suppress-all"]).status).toBe(0);
    expect(folder.text("blog/compose.yaml")).toContain("subnet: 10.201.");
    expect(rowsOf(folder)).toHaveLength(1);
  });

  it.each([
    [["--suppress-all", "--prune-suppressions"], "choose one of --suppress-all and --prune-suppressions"],
    [["--suppress-all", "--fix-dry-run"], "--suppress-all writes and --fix-dry-run does not: choose one"],
    [["--suppress-all", "--stdin"], "--suppress-all writes about files, and not about standard input"],
  ])("is refused in %j", (args, fault) => {
    const { status, stderr } = run(inGit(), args);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `compose-networks: ${fault} (compose-networks --help lists the options)\n`,
    });
  });
});

describe("--suppress-rule", () => {
  it("writes the findings of these rules, and the others still fail", () => {
    const folder = inGit();
    const { status, stdout } = run(folder, ["--suppress-rule", "require-subnet"]);
    expect(status).toBe(1);
    expect(stdout).toContain("no-forbidden-subnet");
    expect(rowsOf(folder)).toEqual(["blog/compose.yaml | require-subnet | ./blog/default | IPv4"]);
    expect(run(folder, ["--suppress-rule=compose-networks/no-forbidden-subnet"]).status).toBe(0);
    expect(rowsOf(folder)).toHaveLength(2);
  });

  it("knows which rules there are", () => {
    expect(run(inGit(), ["--suppress-rule", "require-subnets"])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "compose-networks: --suppress-rule require-subnets: there is no such rule; did you mean require-subnet?\n",
    });
  });
});

describe("a baseline", () => {
  it("stays true when lines move, and when a fix would change the file: what is known is not fixed", () => {
    const folder = inGit();
    run(folder, ["--suppress-all"]);
    folder.write("blog/compose.yaml", `# moved\n\n${OPEN}x-more: 1\n`);
    expect(run(folder, ["--fix"]).status).toBe(0);
    expect(folder.text("blog/compose.yaml")).toBe(`# moved\n\n${OPEN}x-more: 1\n`);
  });

  it("does not let a new finding take the place of one that was fixed", () => {
    const two = `services: { web: { image: nginx, networks: [one, two] } }\nnetworks:\n  one:\n  two: { ipam: { config: [{ subnet: 10.201.7.0/24 }] } }\n`;
    const folder = inGit({ "forbidden-ranges.yaml": POLICY, "compose.yaml": two });
    run(folder, ["--suppress-all"]);
    expect(rowsOf(folder)).toEqual(["compose.yaml | require-subnet | ./one | IPv4"]);
    const swapped = two.replace("one:", "one: { ipam: { config: [{ subnet: 10.201.8.0/24 }] } }");
    folder.write("compose.yaml", swapped.replace(/two: .*/, "two:"));
    const after = run(folder, []);
    expect(after.status).toBe(1);
    expect(after.stdout).toContain('Network "two"');
    expect(lastLineOf(after)).toContain(
      "1 in the baseline no longer found (run compose-networks --prune-suppressions)",
    );
  });

  it("counts: one more of the same is new", () => {
    const named = (count: number): string =>
      `services:\n${Array.from({ length: count }, (_, index) => `  web${index}: { image: nginx, ports: ["22:80"] }\n`).join("")}networks: { default: { ipam: { config: [{ subnet: 10.201.7.0/24 }] } } }\n`;
    const policy = `${POLICY}rules: { no-reserved-host-port: error }\nreserved-ports: [22]\n`;
    const folder = inGit({ "forbidden-ranges.yaml": policy, "compose.yaml": named(1) });
    run(folder, ["--suppress-all"]);
    expect(run(folder, []).status).toBe(0);
    folder.write("compose.yaml", named(2));
    const { status, stdout } = run(folder, []);
    expect(status).toBe(1);
    expect(stdout).toContain("1 error; 1 suppressed by the baseline");
  });

  it("is pruned of what was fixed or is gone, and of nothing else", () => {
    const folder = inGit({ ...TREE, "old/compose.yaml": OPEN });
    run(folder, ["--suppress-all"]);
    expect(rowsOf(folder)).toHaveLength(3);
    folder.write("shop/compose.yaml", CLEAN);
    folder.remove("old/compose.yaml");
    expect(lastLineOf(run(folder, []))).toContain("1 suppressed by the baseline; 2 in the baseline no longer found");
    folder.write("new/compose.yaml", OPEN);
    const { status, stdout } = run(folder, ["--prune-suppressions"]);
    expect(status).toBe(1);
    expect(stdout).toContain("new/compose.yaml");
    expect(rowsOf(folder)).toEqual(["blog/compose.yaml | require-subnet | ./blog/default | IPv4"]);
  });

  it("with a fault is told with its place and counts for nothing: the exit code is 2", () => {
    const folder = inGit({ ...TREE, [BASELINE]: '{ "version": 1, "findings": [{ "file": "blog/compose.yaml" }] }\n' });
    const { status, stderr, stdout } = run(folder, []);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `${BASELINE}:1:32: missing key "rule", as in rule: "require-subnet"\n`,
    });
    expect(lastLineOf({ stdout })).toContain("2 errors");
  });

  it("stays in SARIF as suppressed, and in JSON as a number", () => {
    const folder = inGit();
    run(folder, ["--suppress-rule", "require-subnet"]);
    const { runs } = JSON.parse(run(folder, ["--format", "sarif"]).stdout) as {
      runs: { results: { ruleId: string; suppressions: { kind: string; status: string }[] }[] }[];
    };
    expect(runs[0]?.results.map(({ ruleId, suppressions }) => [ruleId, suppressions.map(({ kind }) => kind)])).toEqual([
      ["compose-networks/require-subnet", ["external"]],
      ["compose-networks/no-forbidden-subnet", []],
    ]);
    const { summary } = JSON.parse(run(folder, ["--format", "json"]).stdout) as { summary: unknown };
    expect(summary).toMatchObject({ errors: 1, suppressed: 1, unusedSuppressions: 0 });
  });
});
