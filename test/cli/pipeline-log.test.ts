import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, folderWith, git, POLICY, run, type Folder } from "./command.js";

const isWindows = process.platform === "win32";
const ON_GITHUB = { env: { GITHUB_ACTIONS: "true" } };
const EVIL = "##[add-path]/evil ##vso[task.setvariable variable=x]evil";

/** Lines that a runner would obey, other than our annotations. */
function commandsIn(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => /^\s*::(?!(?:error|warning|notice) (?:file|title)=)/.test(line) || /##(?:\[|vso\[)/.test(line));
}

/** Each text of a compose file that a report shows is a command. */
function hostile(): Folder {
  const key = JSON.stringify(EVIL);
  const project = `services:
  ${key}: { image: x, networks: [${key}, default] }
networks:
  ${key}: { name: ${key}, ipam: { config: [{ subnet: 192.168.0.0/24 }] } } # ${EVIL}
  default: { ipam: { config: [{ subnet: ${key} }] } }
`;
  return folderWith({
    "compose.yaml": project,
    "broken/compose.yaml": `a: [${EVIL}\n`,
    "key/compose.yaml": `services: { web: { image: x } }\nnetworks: { "::error::x": {}, default: { name: "::warning::x" } }\n`,
    "forbidden-ranges.yaml": `${POLICY}  # ${EVIL}\n`,
  });
}

describe("the log of a pipeline", () => {
  it.each(["text", "github", "json", "sarif", "gitlab", "junit"])(
    "gets no command from a compose file in the %s report",
    (format) => {
      const { stdout, stderr } = run(hostile(), ["--format", format], ON_GITHUB);
      expect(stdout).toContain("u0023[");
      expect(commandsIn(stdout + stderr)).toEqual([]);
    },
  );

  it.each([[["list"]], [["list", "--format", "json"]], [["free"]], [["renumber", "default"]]])(
    "gets none from %j either",
    (args) => {
      const { stdout, stderr } = run(hostile(), args);
      expect(commandsIn(stdout + stderr)).toEqual([]);
    },
  );

  it.skipIf(isWindows).each(["text", "github", "junit"])(
    "gets none from the name of a folder in the %s report (not on Windows, which has no such names)",
    (format) => {
      const files = ["::set-output name=x::y/compose.yaml", " ::x/compose.yaml", "\u00a0::y/compose.yaml"];
      const folder = folderWith(Object.fromEntries(files.map((file) => [file, COLLIDING])));
      folder.write("forbidden-ranges.yaml", POLICY);
      folder.write("::no-policy/forbidden-ranges.yaml", "version: 2\n");
      folder.write("::no-policy/nested/compose.yaml", CLEAN);
      expect(commandsIn(run(folder, ["--format", format, ...files]).stdout)).toEqual([]);
      const { stdout, stderr } = run(folder, ["--format", format]);
      expect(commandsIn(stdout + stderr)).toEqual([]);
    },
  );

  it.skipIf(isWindows)("has a path in front of such a name, which leads to the file (not on Windows)", () => {
    const folder = folderWith({ "::x/compose.yaml": COLLIDING, "forbidden-ranges.yaml": POLICY });
    expect(run(folder, []).stdout).toMatch(/^\.\/::x\/compose\.yaml:8:19 {2}error/);
  });
});

describe("a diff in the log of a pipeline", () => {
  const TEXT = "x-a: |\n  ::add-mask::evil\nservices: { web: { image: nginx } }\n";

  function dryRun(surroundings?: typeof ON_GITHUB): { folder: Folder; stdout: string } {
    const folder = folderWith({ "compose.yaml": TEXT, "forbidden-ranges.yaml": POLICY });
    return { folder, stdout: run(folder, ["--fix-dry-run"], surroundings).stdout };
  }

  it("stands between words of GitHub's runner that stop and resume commands", () => {
    const { stdout } = dryRun(ON_GITHUB);
    const [, word = "", diff = ""] = /^::stop-commands::([-0-9a-f]{36})\n([^]*)^::\1::\n$/m.exec(stdout) ?? [];
    expect(diff).toContain("\n   ::add-mask::evil\n");
    expect(dryRun(ON_GITHUB).stdout).not.toContain(word);
  });

  it("can be applied by git all the same", () => {
    const { folder, stdout } = dryRun(ON_GITHUB);
    git(folder, "init", "--quiet");
    const { status, stderr } = spawnSync("git", ["apply"], { cwd: folder.path, input: stdout, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(folder.text("compose.yaml")).toContain("subnet: 10.201.");
  });

  it("stands for itself elsewhere", () => {
    expect(dryRun().stdout).not.toContain("::stop-commands::");
  });

  it("of renumber and init is the same", () => {
    const folder = folderWith({ "compose.yaml": CLEAN, "forbidden-ranges.yaml": POLICY });
    expect(run(folder, ["renumber", "default"], ON_GITHUB).stdout).toMatch(
      /^::stop-commands::[^]*\n::[-0-9a-f]{36}::\n$/,
    );
    const empty = folderWith({ "compose.yaml": CLEAN });
    const { stdout } = run(empty, ["init", "--yes", "--dry-run", "--forbid", "10.0.0.0/8"], ON_GITHUB);
    expect(stdout).toMatch(/^::stop-commands::[^]*\n::[-0-9a-f]{36}::\n$/);
  });
});
