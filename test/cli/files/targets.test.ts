import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";

import { describe, expect, it, onTestFinished } from "vitest";

import { CLEAN, COLLIDING, COMMAND, folderWith, git, OPEN, POLICY, run, type Folder } from "../command.js";
import { canRunUnprivileged, handOver, UNPRIVILEGED } from "../unprivileged.js";

function runUnprivileged({ path: cwd }: Folder, ...args: readonly string[]) {
  return spawnSync(process.execPath, [COMMAND, ...args], { cwd, encoding: "utf8", ...UNPRIVILEGED });
}

/** The files of a run's findings, each once. */
function foundIn(folder: Folder, args: readonly string[]): string[] {
  const { stdout } = run(folder, ["--format", "json", ...args]);
  const { findings } = JSON.parse(stdout) as { findings: { file: string }[] };
  return [...new Set(findings.map(({ file }) => file))];
}

describe("without a path", () => {
  it("every compose file below the working directory is checked, and no other file", () => {
    const folder = folderWith({
      "compose.yaml": OPEN,
      "apps/shop/docker-compose.prod.yml": OPEN,
      "apps/shop/values.yaml": OPEN,
      "node_modules/pack/compose.yaml": OPEN,
    });
    expect(foundIn(folder, [])).toEqual(["apps/shop/docker-compose.prod.yml", "compose.yaml"]);
  });

  it("what git ignores is left out", () => {
    const folder = folderWith({ "compose.yaml": OPEN, "build/compose.yaml": OPEN, ".gitignore": "build/\n" });
    git(folder, "init", "--quiet");
    expect(foundIn(folder, [])).toEqual(["compose.yaml"]);
    expect(foundIn(folder, ["build/compose.yaml"])).toEqual(["build/compose.yaml"]);
  });

  it("a file that was deleted and not committed is left out", () => {
    const folder = folderWith({ "a/compose.yaml": OPEN, "b/compose.yaml": OPEN });
    git(folder, "init", "--quiet");
    git(folder, "add", ".");
    git(folder, "rm", "--quiet", "--cached", "a/compose.yaml");
    git(folder, "add", "--intent-to-add", "a/compose.yaml");
    expect(foundIn(folder, [])).toEqual(["a/compose.yaml", "b/compose.yaml"]);
    folder.remove("a/compose.yaml");
    expect(run(folder, ["--format", "json"])).toMatchObject({ status: 1, stderr: "" });
    expect(foundIn(folder, [])).toEqual(["b/compose.yaml"]);
  });
});

describe("a path", () => {
  it("may be a file of any name", () => {
    const folder = folderWith({ "stack.txt": OPEN, "compose.yaml": OPEN });
    expect(foundIn(folder, ["stack.txt"])).toEqual(["stack.txt"]);
  });

  it("may be a daemon.json, which is also found in a directory", () => {
    const folder = folderWith({ "docker/daemon.json": '{ "bip": "foo" }\n', "settings.json": "{}\n" });
    expect(foundIn(folder, ["docker/daemon.json"])).toEqual(["docker/daemon.json"]);
    expect(foundIn(folder, [])).toEqual(["docker/daemon.json"]);
  });

  it("may be a directory", () => {
    const folder = folderWith({ "a/b/compose.yaml": OPEN, "c/compose.yaml": OPEN });
    expect(foundIn(folder, ["a/"])).toEqual(["a/b/compose.yaml"]);
  });

  it.skipIf(!canRunUnprivileged)(
    "below a closed folder keeps no other one from being checked (needs permissions)",
    () => {
      const folder = folderWith({ "closed/compose.yaml": OPEN, "good/compose.yaml": OPEN });
      handOver(folder.path);
      chmodSync(folder.at("closed"), 0o000);
      onTestFinished(() => chmodSync(folder.at("closed"), 0o755));
      const { status, stdout, stderr } = runUnprivileged(folder, "closed/compose.yaml", "good/compose.yaml");
      expect(stderr).toBe(
        "compose-networks: closed: it can't be read (EACCES)\n" +
          "compose-networks: closed/compose.yaml: it can't be read (EACCES)\n",
      );
      expect(stdout).toMatch(/^good\/compose\.yaml:/);
      expect(stdout).toContain("not checked: 2 files (closed and 1 more: can't be read (EACCES))");
      expect(status).toBe(2);
    },
  );

  it("may be given twice, and is checked once", () => {
    const folder = folderWith({ "a/compose.yaml": OPEN });
    expect(foundIn(folder, ["a", "a/compose.yaml", "./a/../a/compose.yaml"])).toEqual(["a/compose.yaml"]);
  });

  it("may begin with a dash behind --", () => {
    const folder = folderWith({ "--fix": OPEN });
    expect(foundIn(folder, ["--", "--fix"])).toEqual(["--fix"]);
  });

  it("may lie outside the working directory", () => {
    const folder = folderWith({ "work/compose.yaml": CLEAN, "other/compose.yaml": OPEN });
    const { status, stdout } = run({ ...folder, path: folder.at("work") }, ["../other/compose.yaml"]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^\.\.\/other\/compose\.yaml:1:1 {2}error {2}Network "default" has no IPv4 subnet/);
  });

  it("may lie below node_modules", () => {
    const folder = folderWith({ "node_modules/pack/compose.yaml": OPEN });
    expect(foundIn(folder, ["node_modules/pack/compose.yaml"])).toEqual(["node_modules/pack/compose.yaml"]);
  });
});

describe("a forbidden-ranges file given as a path", () => {
  it("stands for all compose files below its directory", () => {
    const folder = folderWith({
      "a/forbidden-ranges.yaml": POLICY,
      "a/x/compose.yaml": COLLIDING,
      "a/y/compose.yaml": COLLIDING,
      "b/compose.yaml": COLLIDING,
    });
    expect(foundIn(folder, ["a/forbidden-ranges.yaml"])).toEqual(["a/x/compose.yaml", "a/y/compose.yaml"]);
  });

  it("is checked itself where there is no compose file", () => {
    const folder = folderWith({ "forbidden-ranges.yaml": POLICY });
    expect(run(folder, ["forbidden-ranges.yaml"])).toMatchObject({ status: 0, stderr: "" });
    folder.write("forbidden-ranges.yaml", "version: 2\n");
    const { status, stderr } = run(folder, ["forbidden-ranges.yaml"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^forbidden-ranges\.yaml:1:10: /);
  });
});

describe("--ranges", () => {
  it("names a file for all compose files, wherever it lies", () => {
    const folder = folderWith({
      "ranges/office.yaml": POLICY,
      "work/a/compose.yaml": COLLIDING,
      "work/a/forbidden-ranges.yaml": "version: 1\n",
    });
    const work = { ...folder, path: folder.at("work") };
    expect(run(work, [])).toMatchObject({ status: 0 });
    const { status, stdout } = run(work, ["--ranges", "../ranges/office.yaml"]);
    expect(status).toBe(1);
    expect(stdout).toContain('forbidden range "office LAN" (192.168.0.0/24)');
    expect(stdout).toContain("forbidden in ../ranges/office.yaml:4:13");
  });
});

describe("--rule", () => {
  it("switches a rule off, with or without the prefix of the plugin", () => {
    const folder = folderWith({ "compose.yaml": OPEN });
    expect(run(folder, []).status).toBe(1);
    expect(run(folder, ["--rule", "require-subnet:off"]).status).toBe(0);
    expect(run(folder, ["--rule", "compose-networks/require-subnet:off"]).status).toBe(0);
  });

  it("can be given again: the last word counts", () => {
    const folder = folderWith({ "compose.yaml": OPEN });
    expect(run(folder, ["--rule", "require-subnet:off", "--rule", "require-subnet:error"]).status).toBe(1);
  });
});

describe("many files", () => {
  it("get the same findings as few", () => {
    const amount = 200;
    const files = Object.fromEntries(Array.from({ length: amount }, (_, n) => [`p${n}/compose.yaml`, OPEN]));
    const folder = folderWith({ ...files, "forbidden-ranges.yaml": POLICY });
    expect(foundIn(folder, ["p0", "p1"])).toEqual(["p0/compose.yaml", "p1/compose.yaml"]);
    const { stdout } = run(folder, []);
    expect(stdout).toMatch(
      /checked 200 files: 200 projects, 200 networks; 200 errors; 200 fixable with --fix; policy file: forbidden-ranges\.yaml\n$/,
    );
  });
});

describe("several files of one project", () => {
  it("are one project in the summary", () => {
    const folder = folderWith({
      "compose.yaml": CLEAN,
      "compose.override.yaml": "services:\n  web:\n    restart: always\n",
    });
    expect(run(folder, []).stdout).toBe(
      "checked 2 files: 1 project, 1 network; no findings; no policy file up to / (run compose-networks init)\n",
    );
  });
});
