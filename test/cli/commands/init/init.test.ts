import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { VERSION } from "../../../../src/kit/version.js";
import { COLLIDING, folderWith, git, run, type Folder, type Outcome } from "../../command.js";
import { recipeWith } from "../../../integration/recipes.js";

const OFFICE = ["--forbid", "192.168.0.0/24 office LAN", "--pool", "10.201.0.0/16"];
const SHIPPED = `https://unpkg.com/eslint-plugin-compose-networks@${VERSION}/schema/forbidden-ranges.json`;

function repositoryWith(files: Readonly<Record<string, string>> = {}): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "start");
  return folder;
}

function init(folder: Folder, ...args: readonly string[]): Outcome {
  return run(folder, ["init", ...args]);
}

/** Every file but those of git, with its text. */
function filesIn(folder: Folder): Record<string, string> {
  const names = readdirSync(folder.path, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => !name.startsWith(".git/") && statSync(folder.at(name)).isFile())
      .map((name) => [name, folder.text(name)]),
  );
}

describe("compose-networks init without a terminal", () => {
  it("says at once which options it needs, and writes nothing", () => {
    const folder = folderWith();
    expect(init(folder)).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'compose-networks: init asks at a terminal, and there is none: give --forbid "RANGE NAME" or --import FILE, and --yes to write or --dry-run to look (compose-networks --help lists the options)\n',
    });
    expect(init(folder, "--yes").stderr).toContain(
      'init --yes asks nothing: give --forbid "RANGE NAME" or --import FILE (',
    );
    expect(filesIn(folder)).toEqual({});
  });

  it("writes a forbidden-ranges file that explains itself, and that the check takes", () => {
    const folder = repositoryWith({ "compose.yaml": COLLIDING });
    git(folder, "remote", "add", "origin", "https://me:secret@example.com/acme/shop.git");
    const { status, stdout, stderr } = init(folder, ...OFFICE, "--forbid", "172.20.0.0-172.23.255.255", "--yes");
    expect(status).toBe(0);
    expect(folder.text("forbidden-ranges.yaml")).toBe(`# yaml-language-server: $schema=${SHIPPED}
# Which address ranges Docker Compose networks must stay off. All keys: https://github.com/compose-networks/eslint-plugin-compose-networks/blob/v${VERSION}/docs/forbidden-ranges.md
version: 1

# A name that no other repository has. It keeps the subnets of this one apart from theirs, so it must stay.
id: acme-shop

# What people reach through the hosts that run Compose: the office LAN, what a VPN routes, a cluster.
# The long form also tells why, and whom to ask:
#   - cidr: 192.168.0.0/24
#     name: office LAN
#     reason: reached over the site-to-site VPN
#     owner: netops@example.com
forbidden:
  - cidr: 192.168.0.0/24
    name: office LAN
  - 172.20.0.0-172.23.255.255

# Where a fix takes subnets from, each of this prefix length.
pools:
  - cidr: 10.201.0.0/16
    prefix: 24
`);
    expect(stdout + stderr).not.toContain("secret");
    expect(run(folder, []).stdout).toContain('lies in the forbidden range "office LAN"');
    expect(run(folder, ["--rule", "no-forbidden-subnet:off"]).status).toBe(0);
  });

  it("leaves pools out where none is named, so that nothing is invented", () => {
    const folder = folderWith();
    expect(init(folder, "--forbid", "fd00:1::/32 lab: #7", "--id", "true", "--yes").status).toBe(0);
    expect(folder.text("forbidden-ranges.yaml")).toContain(`forbidden:
  - cidr: fd00:1::/32
    name: "lab: #7"

# Where a fix may take subnets from. Without it there are only suggestions.
# pools:
#   - cidr: 10.201.0.0/16
#     prefix: 24
`);
    expect(folder.text("forbidden-ranges.yaml")).toContain('\nid: "true"\n');
  });

  it("takes ranges from a file that import reads, into a file of their own", () => {
    const folder = folderWith({
      "wg0.conf": "[Interface]\nPrivateKey = c2VjcmV0\n[Peer]\nAllowedIPs = 192.168.0.0/24, 0.0.0.0/1\n",
    });
    const { status, stdout, stderr } = init(folder, "--import", "wg0.conf", "--from", "wireguard", "--yes");
    expect(status).toBe(0);
    expect(folder.text("imported-ranges.yaml")).toBe(run(folder, ["import", "wg0.conf"]).stdout);
    expect(folder.text("forbidden-ranges.yaml")).toContain('\nextends: ["./imported-ranges.yaml"]\n');
    expect(stdout + stderr).not.toContain("c2VjcmV0");
    folder.write("compose.yaml", COLLIDING);
    expect(run(folder, []).stdout).toContain("forbidden in imported-ranges.yaml:4:11");
    expect(init(folder, "--import", "wg0.conf", "--yes")).toMatchObject({
      status: 0,
      stderr: "all of it is there already; nothing is written\n",
    });
  });

  it("prints a diff that git applies, to the same files that it would write", () => {
    const [looked, written] = [repositoryWith(), repositoryWith()];
    const wishes = [...OFFICE, "--id", "acme", "--with", "eslint,vscode,pre-commit"];
    const { status, stdout } = init(looked, ...wishes, "--dry-run");
    expect(status).toBe(0);
    expect(filesIn(looked)).toEqual({});
    const applied = spawnSync("git", ["apply"], { cwd: looked.path, input: stdout, encoding: "utf8" });
    expect(applied.stderr).toBe("");
    expect(init(written, ...wishes, "--yes")).toMatchObject({ status: 0, stdout });
    expect(filesIn(looked)).toEqual(filesIn(written));
    expect(Object.keys(filesIn(written)).sort()).toEqual([
      ".pre-commit-config.yaml",
      ".vscode/settings.json",
      "eslint.config.mjs",
      "forbidden-ranges.yaml",
    ]);
  });

  it("changes nothing the second time, and says so", () => {
    const folder = repositoryWith({ "package.json": '{ "name": "shop" }\n' });
    const wishes = [...OFFICE, "--with", "eslint,vscode,pre-commit,lint-staged,git-hook", "--yes"];
    expect(init(folder, ...wishes).status).toBe(0);
    const files = filesIn(folder);
    expect(Object.keys(files)).toContain(".husky/pre-commit");
    expect(init(folder, ...wishes)).toEqual({
      status: 0,
      stdout: "",
      stderr: "all of it is there already; nothing is written\n",
    });
    expect(init(folder)).toMatchObject({ status: 0, stderr: "all of it is there already; nothing is written\n" });
    expect(filesIn(folder)).toEqual(files);
  });

  it("says how to undo it, in commands that leave the repository as it was", () => {
    const folder = repositoryWith({
      "package.json": '{ "type": "module", "devDependencies": { "husky": "^9.0.0" } }\n',
      "eslint.config.js": "export default [];\n",
      ".pre-commit-config.yaml": "repos:\n- repo: local\n  hooks: []\n",
    });
    const before = filesIn(folder);
    const wishes = ["--with", "eslint,vscode,pre-commit,lint-staged,git-hook", "--yes"];
    const { stderr } = init(folder, ...OFFICE, ...wishes);
    const [, command = ""] = /^to undo it: (.*)$/m.exec(stderr) ?? [];
    expect(command).toBe(
      "rm forbidden-ranges.yaml .vscode/settings.json .husky/pre-commit .git/hooks/pre-commit && git checkout -- eslint.config.js .pre-commit-config.yaml package.json",
    );
    expect(spawnSync("sh", ["-c", command], { cwd: folder.path }).status).toBe(0);
    expect(filesIn(folder)).toEqual(before);
    expect(readdirSync(folder.at(".git/hooks"))).not.toContain("pre-commit");
  });

  it("promises of git only what git has", () => {
    const folder = repositoryWith({ "eslint.config.mjs": "export default [];\n" });
    folder.write("eslint.config.mjs", "export default [{}];\n");
    expect(init(folder, ...OFFICE, "--with", "eslint", "--yes").stderr).toContain(
      "to undo it: rm forbidden-ranges.yaml && # take the lines with + out of eslint.config.mjs: git can't bring it back\n",
    );
  });

  it("names what is left to do, in its order", () => {
    const folder = repositoryWith({ "package.json": '{ "devDependencies": { "eslint": "^10.0.0" } }\n' });
    expect(init(folder, ...OFFICE, "--with", "eslint,lint-staged,pre-commit", "--yes").stderr).toMatch(
      /\nnext: npm install --save-dev husky lint-staged compose-networks eslint-plugin-compose-networks\nnext: npx husky\nnext: pre-commit install\nnext: npx compose-networks\n$/,
    );
    expect(init(folderWith(), ...OFFICE, "--yes").stderr).toMatch(
      new RegExp(`\\nnext: npx compose-networks@${VERSION}\\n$`),
    );
  });

  it("points the editor to the schema in node_modules where the package is, or is about to be", () => {
    const folder = folderWith({ "package.json": '{ "devDependencies": { "eslint-plugin-compose-networks": "*" } }' });
    for (const [place, args] of [
      [folder, []],
      [folderWith(), ["--with", "eslint"]],
    ] as const) {
      init(place, ...OFFICE, ...args, "--yes");
      expect(place.text("forbidden-ranges.yaml")).toMatch(
        /^# yaml-language-server: \$schema=\.\/node_modules\/eslint-plugin-compose-networks\/schema\/forbidden-ranges\.json\n/,
      );
    }
  });

  it.each([
    ["the remote", { "package.json": '{ "name": "package" }' }, "git@example.com:acme/shop.git", "acme-shop"],
    [
      "the package, where there is no remote",
      { "package.json": '{ "name": "@acme/shop" }' },
      undefined,
      '"@acme/shop"',
    ],
  ])("takes the id from %s", (_from, files, remote, id) => {
    const folder = repositoryWith(files);
    if (remote !== undefined) git(folder, "remote", "add", "origin", remote);
    init(folder, ...OFFICE, "--yes");
    expect(folder.text("forbidden-ranges.yaml")).toContain(`\nid: ${id}\n`);
  });

  it.each([
    ["a range with host bits", ["--forbid", "10.0.0.5/24"], '"10.0.0.5/24" has host bits set'],
    ["a word for a range", ["--forbid", "office"], '"office"'],
    ["a pool that is smaller than its subnets", [...OFFICE, "--pool", "10.1.0.0/25"], "24"],
    ["a prefix length that is none", [...OFFICE, "--prefix", "big"], "big"],
    ["a file that is not there", ["--import", "nowhere.txt"], "nowhere.txt: there is no such file"],
    [
      "a file in which nothing is to be forbidden",
      ["--import", "default.txt"],
      "default.txt: nothing in it is to be forbidden",
    ],
    [
      "a kind that it does not know",
      ["--import", "default.txt", "--from", "lst"],
      '--from: unknown "lst"; did you mean list?',
    ],
    [
      "a program that it does not know",
      [...OFFICE, "--with", "eslnt"],
      '--with: unknown "eslnt"; did you mean eslint?',
    ],
    ["a path", [...OFFICE, "apps"], "init sets up the working directory, and takes no path: apps"],
    ["a kind without a file", [...OFFICE, "--from", "list"], "--from says what the file of --import is"],
    [
      "a prefix length without a pool",
      ["--forbid", "10.0.0.0/9", "--prefix", "24"],
      "--prefix is about the subnets of --pool",
    ],
  ])("refuses %s", (_what, args, message) => {
    const folder = folderWith({ "default.txt": "0.0.0.0/0\n" });
    const { status, stdout, stderr } = init(folder, ...args, "--yes");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(Object.keys(filesIn(folder))).toEqual(["default.txt"]);
  });

  it("never edits a forbidden-ranges file that is there, and says what it lacks", () => {
    const policy = "version: 1\nid: a\nforbidden: [192.168.0.0/16]\npools: [{ cidr: 10.1.0.0/16, prefix: 24 }]\n";
    const folder = folderWith({ "forbidden-ranges.yml": policy });
    expect(init(folder, "--forbid", "192.168.0.0/24", "--pool", "10.1.0.0/16", "--id", "a", "--yes").status).toBe(0);
    expect(init(folder, ...OFFICE, "--forbid", "10.9.0.0/16 lab", "--id", "b", "--yes")).toMatchObject({
      status: 2,
      stderr:
        "compose-networks: forbidden-ranges.yml is there already, and init does not edit it; it lacks the range 10.9.0.0/16, the pool 10.201.0.0/16, the id b\n",
    });
    folder.write("forbidden-ranges.yml", "version: 1\nforbiden: []\n");
    expect(init(folder, "--with", "vscode", "--yes").stderr).toContain(
      'forbidden-ranges.yml:2:1: unknown key "forbiden"',
    );
    expect(Object.keys(filesIn(folder))).toEqual(["forbidden-ranges.yml"]);
  });

  it("writes nothing at all when one of the files can't be edited", () => {
    const folder = repositoryWith({ ".vscode/settings.json": "[]\n" });
    const { status, stderr } = init(folder, ...OFFICE, "--with", "eslint,vscode", "--yes");
    expect(status).toBe(2);
    expect(stderr).toContain('Add this by hand, and run init again:\n{\n  "eslint.validate": [');
    expect(Object.keys(filesIn(folder))).toEqual([".vscode/settings.json"]);
  });

  it.each([
    ["package.json", "eslint"],
    ["package.json", "lint-staged"],
    [".lintstagedrc", "lint-staged"],
    [".lintstagedrc.json", "lint-staged"],
  ])("says which file it can't read, and writes nothing: %s for %s", (name, companion) => {
    const folder = repositoryWith({ "package.json": "{}\n" });
    writeFileSync(folder.at(name), Buffer.from([0x7b, 0xff, 0x7d]));
    const binary = init(folder, ...OFFICE, "--with", companion, "--yes");
    expect(binary).toEqual({ status: 2, stdout: "", stderr: `compose-networks: ${name}: it is not UTF-8 text\n` });
    rmSync(folder.at(name));
    mkdirSync(folder.at(name));
    const directory = init(folder, ...OFFICE, "--with", companion, "--yes");
    expect(directory.status).toBe(2);
    expect(directory.stderr).toBe(`compose-networks: ${name}: it is not a regular file\n`);
    expect(Object.keys(filesIn(folder))).toEqual(name === "package.json" ? [] : ["package.json"]);
  });

  it("takes back what it wrote when a file can't be written", () => {
    const folder = repositoryWith();
    folder.write(".vscode", "no directory\n");
    const { status, stderr } = init(folder, ...OFFICE, "--with", "eslint,vscode", "--yes");
    expect(status).toBe(2);
    expect(stderr).toContain(".vscode/settings.json: it can't be written (");
    expect(Object.keys(filesIn(folder))).toEqual([".vscode"]);
  });

  it("writes what the page about hooks shows", () => {
    const folder = repositoryWith({ "package.json": "{}\n" });
    init(folder, ...OFFICE, "--with", "pre-commit,lint-staged,git-hook", "--yes");
    const HOOKS = "docs/git-hooks.md";
    expect(folder.text(".pre-commit-config.yaml")).toBe(recipeWith(HOOKS, "id: compose-networks-fix"));
    expect(folder.text("package.json")).toBe(recipeWith(HOOKS, "compose-networks --fix"));
    expect(folder.text(".husky/pre-commit")).toBe(recipeWith(HOOKS, "npx lint-staged\n"));
    expect(folder.text(".git/hooks/pre-commit")).toBe(recipeWith(HOOKS, "#!/bin/sh"));
    expect(statSync(folder.at(".git/hooks/pre-commit")).mode & 0o100).not.toBe(0);
  });
});
