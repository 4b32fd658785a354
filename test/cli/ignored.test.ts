import { chmodSync } from "node:fs";
import { spawnSync } from "node:child_process";

import { describe, expect, it } from "vitest";

import { CLEAN, COLLIDING, COMMAND, folderWith, git, POLICY, run, type Folder } from "./command.js";
import { canRunUnprivileged, handOver, UNPRIVILEGED } from "./unprivileged.js";

const IGNORING = `${POLICY}ignore: ["templates/**", data, compose.old.yaml]\n`;
const TREE = {
  "forbidden-ranges.yaml": IGNORING,
  "compose.yaml": CLEAN,
  "compose.old.yaml": COLLIDING,
  "templates/a/compose.yaml": COLLIDING,
  "templates/b/compose.yaml": "services: [",
};

function inGit(files: Readonly<Record<string, string>>): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  return folder;
}

function summaryOf(stdout: string): unknown {
  return (JSON.parse(stdout) as { summary: unknown }).summary;
}

describe("what ignore in the policy names", () => {
  it("is not checked below a directory, and is counted", () => {
    const folder = inGit(TREE);
    expect(run(folder, [])).toEqual({
      status: 0,
      stdout:
        "checked 1 file: 1 project, 1 network; no findings; 3 ignored by the policy file; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
    expect(summaryOf(run(folder, ["--format", "json"]).stdout)).toMatchObject({ files: 1, ignored: 3, notChecked: [] });
  });

  it("is not checked where git can't be asked; folders are not opened then, and their files not counted", () => {
    expect(run(folderWith(TREE), [])).toEqual({
      status: 0,
      stdout:
        "checked 1 file: 1 project, 1 network; no findings; 1 ignored by the policy file; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
  });

  it.each([
    ["a file", "compose.old.yaml"],
    ["a file in a folder", "templates/b/compose.yaml"],
    ["a folder", "templates"],
    ["a folder in a folder", "templates/a"],
  ])("is not checked when it is named, which is no error: %s", (_, path) => {
    expect(run(inGit(TREE), [path])).toEqual({
      status: 0,
      stdout:
        "checked 0 files: 0 projects, 0 networks; no findings; 1 ignored by the policy file; policy file: forbidden-ranges.yaml\n",
      stderr: "",
    });
  });

  it("does not hide what is wrong with the other files that are named", () => {
    const folder = inGit({ ...TREE, "shop/compose.yaml": COLLIDING });
    const { status, stdout } = run(folder, ["templates/a/compose.yaml", "shop/compose.yaml"]);
    expect(status).toBe(1);
    expect(stdout).toContain("checked 1 file: 1 project, 1 network; 1 error; 1 ignored by");
  });

  it("is not changed by --fix, named or piped", () => {
    const folder = inGit(TREE);
    expect(run(folder, ["--fix", ".", "compose.old.yaml"]).status).toBe(0);
    expect(folder.text("compose.old.yaml")).toBe(COLLIDING);
    const piped = run(folder, ["--fix", "--stdin", "--stdin-filename", "templates/a/compose.yaml"], {
      input: COLLIDING,
    });
    expect(piped).toMatchObject({ status: 0, stdout: COLLIDING });
  });

  it("holds no subnet: another project may have the same", () => {
    const files = { "compose.yaml": CLEAN, "templates/compose.yaml": CLEAN };
    const overlaps = (policy: string): number | null =>
      run(inGit({ ...files, "forbidden-ranges.yaml": policy }), ["compose.yaml"]).status;
    expect(overlaps(POLICY)).toBe(1);
    expect(overlaps(IGNORING)).toBe(0);
  });

  it.skipIf(!canRunUnprivileged)("may be closed although git tracks files in it (needs a user without rights)", () => {
    const policy = `${IGNORING}allow:\n  - { file: "**/compose.yaml", reason: NET-1 }\n  - { file: data/compose.yaml, reason: NET-1 }\n`;
    const folder = inGit({ ...TREE, "forbidden-ranges.yaml": policy, "data/compose.yaml": COLLIDING });
    git(folder, "add", ".");
    handOver(folder.path);
    chmodSync(folder.at("data"), 0);
    const { status, stderr, stdout } = spawnSync(process.execPath, [COMMAND], {
      cwd: folder.path,
      encoding: "utf8",
      ...UNPRIVILEGED,
    });
    chmodSync(folder.at("data"), 0o700);
    expect({ status, stderr, stdout }).toEqual({
      status: 0,
      stderr: "",
      stdout:
        "checked 1 file: 1 project, 1 network; no findings; 4 ignored by the policy file; policy file: forbidden-ranges.yaml\n",
    });
  });

  it("counts for a folder with a policy of its own, and not for the policy that names it", () => {
    const own = `${POLICY}forbiden: []\n`;
    const folder = inGit({ ...TREE, "templates/forbidden-ranges.yaml": own });
    expect(run(folder, ["templates/forbidden-ranges.yaml", "templates/a/compose.yaml"])).toMatchObject({
      status: 0,
      stderr: "",
    });
    const all = inGit({ ...TREE, "forbidden-ranges.yaml": `${POLICY}ignore: ["**"]\nforbiden: []\n` });
    expect(run(all, [])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('unknown key "forbiden"') as string,
    });
  });

  it("is relative to the folder of the policy, wherever the command runs", () => {
    const folder = inGit({ ...TREE, "shop/templates/compose.yaml": COLLIDING });
    expect(run(folder, ["shop"]).status).toBe(1);
    const named = run(folder, ["--ranges", "forbidden-ranges.yaml", "templates"]);
    expect(named).toMatchObject({ status: 0, stderr: "" });
  });

  it.skipIf(!canRunUnprivileged)("may be closed (needs a user without rights)", () => {
    for (const make of [inGit, folderWith]) {
      const folder = make({ ...TREE, "data/compose.yaml": CLEAN, "more/compose.yaml": CLEAN });
      handOver(folder.path);
      for (const closed of ["data", "more"]) chmodSync(folder.at(closed), 0);
      const asUser = (...args: readonly string[]) =>
        spawnSync(process.execPath, [COMMAND, ...args], { cwd: folder.path, encoding: "utf8", ...UNPRIVILEGED });
      const { status, stdout, stderr } = asUser();
      const named = [asUser("data"), asUser("data/compose.yaml")];
      for (const closed of ["data", "more"]) chmodSync(folder.at(closed), 0o700);
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr:
          'compose-networks: more: it can\'t be opened (permission denied); add "more/" to .gitignore, or name it in "ignore:" of the policy file\n',
      });
      expect(stdout).not.toContain("data");
      for (const one of named) expect(one).toMatchObject({ status: 0, stderr: "" });
    }
  });
});
