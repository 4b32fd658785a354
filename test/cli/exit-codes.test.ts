import { symlinkSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, OPEN, POLICY, run } from "./command.js";

describe("exit code 0", () => {
  it("means that nothing was found", () => {
    const folder = folderWith({ "compose.yaml": CLEAN, "forbidden-ranges.yaml": POLICY });
    expect(run(folder, [])).toEqual({
      status: 0,
      stdout: "checked 1 file: 1 project, 1 network; no findings; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
  });

  it("lets warnings pass", () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const { status, stdout } = run(folder, ["--rule", "no-forbidden-subnet:warn"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^compose\.yaml:8:19 {2}warning {2}192\.168\.0\.0\/24/);
    expect(stdout).toMatch(/; 1 warning; policy file: forbidden-ranges\.yaml\n$/);
  });

  it("lets ranges that only warn pass, whatever the level of the rule", () => {
    const policy = POLICY.replace("name: office LAN", "name: office LAN, severity: warn");
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": policy });
    const { status, stdout } = run(folder, ["--rule", "no-forbidden-subnet:error"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/; 1 warning; policy file: forbidden-ranges\.yaml\n$/);
  });
});

describe("exit code 1", () => {
  it("means that something was found", () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const { status, stdout } = run(folder, []);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\nchecked 1 file: 1 project, 1 network; 1 error; policy file: forbidden-ranges\.yaml\n$/);
  });

  it("comes with more warnings than --max-warnings allows", () => {
    const folder = folderWith({ "compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    const asWarning = ["--rule", "no-forbidden-subnet:warn", "--max-warnings"];
    expect(run(folder, [...asWarning, "1"]).status).toBe(0);
    const { status, stderr } = run(folder, [...asWarning, "0"]);
    expect(status).toBe(1);
    expect(stderr).toBe("compose-networks: 1 warning, and --max-warnings allows 0 warnings\n");
  });
});

describe("exit code 2", () => {
  it.each([
    [["--fxi"], "unknown option --fxi; did you mean --fix?"],
    [["--frobnicate-everything"], "unknown option --frobnicate-everything"],
    [["--format", "jsn"], '--format: unknown "jsn"; did you mean json?'],
    [["--rule", "require-subnets:off"], "--rule require-subnets: there is no such rule; did you mean require-subnet?"],
    [["--rule", "require-subnet:fatal"], '--rule require-subnet:fatal: unknown "fatal"; it is one of off, warn, error'],
    [["--ranges", "nowhere.yaml"], "--ranges nowhere.yaml: there is no such file"],
    [["nowhere.yaml"], "there is no file or directory nowhere.yaml"],
    [["--max-warnings", "few"], "--max-warnings few: it takes a whole number"],
  ])("comes with the call %j", (args, fault) => {
    const { status, stdout, stderr } = run(folderWith({ "compose.yaml": OPEN }), args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(`compose-networks: ${fault}`);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("comes with faults in the forbidden ranges, which are all named", () => {
    const policy = "version: 1\nforbiden: []\npools:\n  - { cidr: 10.201.0.0/33, prefix: 24 }\n";
    const folder = folderWith({ "apps/a/compose.yaml": OPEN, "b/compose.yaml": OPEN, "forbidden-ranges.yaml": policy });
    const { status, stdout, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stdout).toContain('b/compose.yaml:1:1  error  Network "default" has no IPv4 subnet');
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^forbidden-ranges\.yaml:2:1: .*did you mean.*forbidden/);
    expect(lines[1]).toMatch(/^forbidden-ranges\.yaml:4:13: .*10\.201\.0\.0\/33/);
  });

  it("comes with a file that is no YAML, and the others are checked all the same", () => {
    const folder = folderWith({
      "a/compose.yaml": "services:\n  web: {\n",
      "b/compose.yaml": COLLIDING,
      "forbidden-ranges.yaml": POLICY,
    });
    const { status, stdout } = run(folder, []);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^a\/compose\.yaml:\d+:\d+ {2}error {2}Parsing error: /);
    expect(stdout).toContain("\nb/compose.yaml:8:19  error  192.168.0.0/24");
    expect(stdout).toMatch(/\nchecked 2 files: 1 project, 1 network; 2 errors; policy file: forbidden-ranges\.yaml\n$/);
  });

  it("comes with a template, of which one line is enough", () => {
    const template = "networks:\n{% if a %}\n  a:\n{% endif %}\n{% if b %}\n  b:\n{% endif %}\n";
    const { status, stdout } = run(folderWith({ "compose.yaml": template }), []);
    expect(status).toBe(2);
    expect(stdout.match(/Parsing error/g)).toHaveLength(1);
    expect(stdout).toContain("The line looks like one of a template: check what is made of it instead");
    expect(stdout).toMatch(
      /\nchecked 1 file: 0 projects, 0 networks; 1 error; no policy file up to \/ \(run compose-networks init\)\n$/,
    );
  });

  it("comes with a file that is not UTF-8, and the others are checked all the same", () => {
    const folder = folderWith({
      "a/compose.yaml": Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
      "b/compose.yaml": CLEAN,
      "forbidden-ranges.yaml": POLICY,
    });
    const { status, stdout, stderr } = run(folder, []);
    expect(status).toBe(2);
    expect(stderr).toBe("compose-networks: a/compose.yaml: it is not UTF-8 text\n");
    expect(stdout).toBe(
      "checked 1 file: 1 project, 1 network; nothing found in this one; " +
        "not checked: 1 file (a/compose.yaml is not UTF-8 text); policy file: forbidden-ranges.yaml\n",
    );
  });

  it.each([
    ["included", "include: [part.yaml]\n"],
    ["extended", "services: { web: { extends: { file: part.yaml, service: web } } }\n"],
  ])("comes with an %s file that is not UTF-8", (_, text) => {
    const part = Buffer.concat([Buffer.from(`${CLEAN}# caf`), Buffer.of(0xe9, 0x0a)]);
    const { status, stderr } = run(
      folderWith({ "compose.yaml": text, "part.yaml": part, "forbidden-ranges.yaml": POLICY }),
      [],
    );
    expect(status).toBe(2);
    expect(stderr).toBe("compose-networks: part.yaml: it is not UTF-8 text\n");
  });

  it("does not come with a .env that is not UTF-8: its other variables are known", () => {
    const text = CLEAN.replace(/subnet: (\S+)/, 'subnet: "${NET:-$1}"');
    const env = Buffer.concat([Buffer.from("NAME=caf"), Buffer.of(0xe9), Buffer.from("\nNET=192.168.0.0/24\n")]);
    const { status, stdout, stderr } = run(
      folderWith({ "compose.yaml": text, ".env": env, "forbidden-ranges.yaml": POLICY }),
      [],
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("192.168.0.0/24 of network");
  });

  it("comes with a file that can't be read", () => {
    const folder = folderWith({ "compose.yaml": CLEAN });
    symlinkSync("loop.yaml", folder.at("loop.yaml"));
    const { status, stderr } = run(folder, ["loop.yaml"]);
    expect(status).toBe(2);
    expect(stderr).toBe("compose-networks: loop.yaml: it can't be read (ELOOP)\n");
  });
});

describe("exit code 3", () => {
  it("means that there is nothing to check", () => {
    const folder = folderWith({ "readme.yaml": "a: 1\n" });
    expect(run(folder, [])).toEqual({
      status: 3,
      stdout: "",
      stderr: "compose-networks: nothing to check: no compose file in the working directory that git does not ignore\n",
    });
  });

  it("still gives a whole JSON report", () => {
    const { status, stdout } = run(folderWith(), ["--format", "json"]);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      summary: {
        files: 0,
        projects: 0,
        networks: 0,
        errors: 0,
        warnings: 0,
        fixable: 0,
        suppressed: 0,
        unusedSuppressions: 0,
        ignored: 0,
        excluded: 0,
        notChecked: [],
        policies: [],
      },
      findings: [],
    });
  });
});

describe("--help and --version", () => {
  it("print to standard output and succeed", () => {
    const folder = folderWith();
    expect(run(folder, ["--help"])).toMatchObject({ status: 0, stderr: "" });
    expect(run(folder, ["-h"]).stdout).toContain("--fix-dry-run");
    expect(run(folder, ["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+.*\n$/);
  });
});
