import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, lchownSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { editorIn } from "../integration/editor.js";
import { folderWith, git, OPEN, POLICY, run, type Folder } from "./command.js";

const isRoot = process.getuid?.() === 0;
const STRANGER = 65534;

const PLUGIN_URL = new URL("../../dist/index.js", import.meta.url).href;
const ESLINT = path.dirname(createRequire(import.meta.url).resolve("eslint/package.json"));
const ESLINT_CONFIG = `import plugin from ${JSON.stringify(PLUGIN_URL)};\nexport default [plugin.configs.recommended];\n`;

/** A folder that git takes for a bare repository; its configuration names a command. */
function bareRepository(command: string): Record<string, string> {
  return {
    "evil/HEAD": "ref: refs/heads/main\n",
    "evil/config": `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${command}\n`,
    "evil/objects/.keep": "",
    "evil/refs/.keep": "",
    "evil/forbidden-ranges.yaml": POLICY,
    "evil/compose.yaml": OPEN,
    "evil/apps/compose.yaml": OPEN,
  };
}

/** What a program of the checkout would leave, if one ran. */
interface Trace {
  readonly command: string;
  readonly hasRun: () => boolean;
}

function trace(): Trace {
  const file = folderWith().at("ran");
  return { command: `touch ${file}`, hasRun: () => existsSync(file) };
}

/** Every way to have a checkout looked at, each with what it must print to be one. */
const WAYS: readonly [string, (folder: Folder, below: string) => string, RegExp][] = [
  ["a check", (folder, below) => output(folder, below), /compose\.yaml/],
  [
    "a named file",
    (folder, below) => output(folder, below, `${below === "" ? "evil/" : ""}compose.yaml`),
    /compose\.yaml/,
  ],
  ["a named folder", (folder, below) => output(folder, below, below === "" ? "evil" : "apps"), /compose\.yaml/],
  ["--fix-dry-run", (folder, below) => output(folder, below, "--fix-dry-run"), /^\+ +- subnet: /m],
  ["--format json", (folder, below) => output(folder, below, "--format", "json"), /"compose-networks\/require-subnet"/],
  ["list", (folder, below) => output(folder, below, "list"), /compose\.yaml/],
  ["free", (folder, below) => output(folder, below, "free"), /10\.201\.0\.0\/16/],
  ["renumber", (folder, below) => output(folder, below, "renumber", "default"), /default/],
  [
    "init",
    (folder, below) => output(folder, below, "init", "--dry-run", "--forbid", "192.168.7.0/24 x"),
    /192\.168\.7\.0/,
  ],
  ["ESLint", eslint, /compose-networks\/require-subnet/],
];

function output({ path: cwd }: Folder, below: string, ...args: readonly string[]): string {
  const { stdout, stderr } = run({ path: path.join(cwd, below) }, args);
  expect(stderr).not.toContain("please report it");
  return stdout + stderr;
}

function eslint(folder: Folder, below: string): string {
  const program = path.join(ESLINT, "bin/eslint.js");
  return spawnSync(process.execPath, [program, "."], { cwd: folder.at(below), encoding: "utf8" }).stdout;
}

describe("in a checkout with a committed folder that is a repository to git", () => {
  function clone(command: string): Folder {
    const origin = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": OPEN,
      "eslint.config.mjs": ESLINT_CONFIG,
      ...bareRepository(command),
    });
    git(origin, "init", "--quiet");
    git(origin, "add", "--all");
    git(origin, "commit", "--quiet", "--message", "all");
    const folder = folderWith();
    git(folder, "clone", "--quiet", origin.path, ".");
    return folder;
  }

  it.each(WAYS)("%s starts nothing of it, from the top or from within", (_, look, expected) => {
    const { command, hasRun } = trace();
    const folder = clone(command);
    for (const below of ["", "evil"]) {
      expect(look(folder, below), below).toMatch(expected);
      expect(hasRun(), below).toBe(false);
    }
    // It is a trap indeed.
    spawnSync("git", ["ls-files", "--others"], { cwd: folder.at("evil") });
    expect(hasRun()).toBe(true);
  });

  it("an editor starts nothing of it", async () => {
    const { command, hasRun } = trace();
    const folder = clone(command);
    folder.write("package.json", "{}\n");
    folder.write("node_modules/.keep", "");
    symlinkSync(ESLINT, folder.at("node_modules/eslint"));
    const editor = await editorIn(folder.path);
    for (const name of ["compose.yaml", "evil/compose.yaml"]) {
      const file = await editor.open(name, "yaml", OPEN);
      expect(await file.pull(), name).not.toEqual([]);
    }
    expect(hasRun()).toBe(false);
  });
});

describe.skipIf(!isRoot)("in a repository of another user with a hostile configuration (needs root)", () => {
  function repository(command: string): Folder {
    const folder = folderWith({
      "forbidden-ranges.yaml": POLICY,
      "compose.yaml": OPEN,
      "eslint.config.mjs": ESLINT_CONFIG,
      "evil/compose.yaml": OPEN,
      "evil/apps/compose.yaml": OPEN,
      "evil/forbidden-ranges.yaml": POLICY,
    });
    git(folder, "init", "--quiet");
    git(folder, "config", "core.fsmonitor", command);
    chmodSync(folder.path, 0o755);
    chown(folder.path);
    return folder;
  }

  it.each(WAYS)("%s starts nothing of it", (_, look, expected) => {
    const { command, hasRun } = trace();
    const folder = repository(command);
    for (const below of ["", "evil"]) expect(look(folder, below), below).toMatch(expected);
    expect(hasRun()).toBe(false);
    // Git would, if it were only told where the repository is.
    const env = { ...process.env, GIT_DIR: folder.at(".git"), GIT_WORK_TREE: folder.path };
    spawnSync("git", ["ls-files", "--others"], { cwd: folder.path, env });
    expect(hasRun()).toBe(true);
  });
});

function chown(one: string): void {
  lchownSync(one, STRANGER, STRANGER);
  if (!statSync(one).isDirectory()) return;
  for (const name of readdirSync(one)) chown(path.join(one, name));
}
