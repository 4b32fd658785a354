import { describe, expect, it } from "vitest";

import { COLLIDING, folderWith, git, OPEN, POLICY, run, type Folder } from "./command.js";

const TREE = { "compose.yaml": OPEN, "shop/compose.yaml": COLLIDING };

function withRules(rules: string, files: Readonly<Record<string, string>> = TREE): Folder {
  return folderWith({ "forbidden-ranges.yaml": `${POLICY}rules: ${rules}\n`, ...files });
}

/** `place rule severity` of each finding. */
function found(folder: Folder, ...args: readonly string[]): readonly string[] {
  const { stdout } = run(folder, ["--format", "json", ...args]);
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { file: string; rule: string; severity: string }[];
  };
  return findings.map(({ file, rule, severity }) => `${file} ${rule.replace("compose-networks/", "")} ${severity}`);
}

describe("rules in the policy file, on the command line", () => {
  it("turn rules off and set their severity", () => {
    expect(found(withRules("{}"))).toEqual([
      "compose.yaml require-subnet error",
      "shop/compose.yaml no-forbidden-subnet error",
    ]);
    const folder = withRules("{ require-subnet: off, no-forbidden-subnet: warn }");
    expect(found(folder)).toEqual(["shop/compose.yaml no-forbidden-subnet warning"]);
    expect(run(folder, []).status).toBe(0);
  });

  it("turn on what the preset leaves off", () => {
    expect(found(withRules("{ require-bridge-name: warn }"), "shop")).toEqual([
      "shop/compose.yaml require-bridge-name warning",
      "shop/compose.yaml no-forbidden-subnet error",
    ]);
  });

  it("are those of the nearest policy file, or of the one that --ranges names", () => {
    const folder = withRules("{ require-subnet: off }", {
      ...TREE,
      "shop/forbidden-ranges.yaml": `${POLICY}rules: { no-forbidden-subnet: off }\n`,
      "company.yaml": `${POLICY}rules: { no-forbidden-subnet: warn }\n`,
    });
    git(folder, "init", "--quiet");
    expect(found(folder)).toEqual(["shop/forbidden-ranges.yaml valid-forbidden-ranges error"]);
    expect(found(folder, "--ranges", "company.yaml")).toEqual([
      "compose.yaml require-subnet error",
      "shop/compose.yaml no-forbidden-subnet warning",
    ]);
  });

  it("come below what the command line says, which may turn on what they turn off", () => {
    const folder = withRules("{ require-subnet: off, no-forbidden-subnet: off }");
    expect(found(folder, "--rule", "require-subnet:warn")).toEqual(["compose.yaml require-subnet warning"]);
    const unsafe = withRules("{ require-subnet: [warn, { families: [ipv6] }] }");
    expect(found(unsafe, "--rule", 'require-subnet: {"families": ["ipv4"]}', "compose.yaml")).toEqual([
      "compose.yaml require-subnet warning",
    ]);
    expect(found(unsafe, "compose.yaml")).toEqual([]);
  });

  it("that are wrong are told with their place, all of them, and the exit code is 2; the others count", () => {
    const folder = withRules("{ require-subnets: off, valid-ipam: [error, { engin: 1 }], no-forbidden-subnet: off }");
    const { status, stderr, stdout } = run(folder, []);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: [
        'forbidden-ranges.yaml:7:10: there is no rule "require-subnets"; did you mean "require-subnet"?',
        'forbidden-ranges.yaml:7:54: rule "valid-ipam": it has no option "engin"; did you mean "engine"?',
        "",
      ].join("\n"),
    });
    expect(stdout).toContain("require-subnet");
    expect(stdout).not.toContain("no-forbidden-subnet");
  });

  it.each([
    ["require-subnets:off", "--rule require-subnets: there is no such rule; did you mean require-subnet?"],
    ['require-subnet: {"whne": "unsafe"}', '--rule require-subnet: it has no option "whne"; did you mean "when"?'],
    ['no-forbidden-daemon-pool: {"when": "unsafe"}', "--rule no-forbidden-daemon-pool: it has no options"],
  ])("--rule %s is refused with the right spelling", (rule, fault) => {
    expect(run(folderWith(TREE), ["--rule", rule])).toEqual({
      status: 2,
      stdout: "",
      stderr: `compose-networks: ${fault}\n`,
    });
  });
});

describe("--exclude", () => {
  it.each([
    ["a folder", "shop"],
    ["a folder, with a slash", "shop/"],
    ["a glob", "shop/**"],
    ["any folder of a name", "**/shop"],
    ["a file", "./shop/compose.yaml"],
  ])("leaves out %s, and counts it", (_, glob) => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...TREE });
    git(folder, "init", "--quiet");
    const { stdout } = run(folder, ["--exclude", glob, "--rule", "require-subnet:off"]);
    expect(stdout).toBe(
      "checked 1 file: 1 project, 1 network; no findings; 1 excluded by --exclude; policy file: forbidden-ranges.yaml\n",
    );
  });

  it("takes paths from the working directory, absolute ones too, and may be repeated", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...TREE });
    git(folder, "init", "--quiet");
    const inShop = { path: folder.at("shop") };
    expect(run(inShop, ["--exclude", "compose.yaml"]).stdout).toContain("checked 0 files");
    const args = ["..", "--exclude", "../compose.yaml", "--exclude", folder.at("shop")];
    expect(run(inShop, args).stdout).toContain("checked 0 files: 0 projects, 0 networks; no findings; 2 excluded by");
  });

  it("leaves out a file that is named, as in a hook; its text stays under --fix", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, "compose.yaml": OPEN });
    const { status, stdout } = run(folder, ["--fix", "--exclude", "*.yaml", "compose.yaml"]);
    expect(status).toBe(0);
    expect(stdout).toContain("1 excluded by --exclude");
    expect(folder.text("compose.yaml")).toBe(OPEN);
  });

  it("also leaves files out of the list of networks", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY, ...TREE });
    const { stdout } = run(folder, ["list", "--exclude", "shop", "--format", "json"]);
    expect((JSON.parse(stdout) as { projects: unknown[] }).projects).toHaveLength(1);
  });
});
