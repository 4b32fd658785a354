import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lchownSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { listFiles } from "../../../src/workspace/files/list-files.js";
import { createFolder, type Folder } from "../folder.js";
import { GITS } from "./gits.js";

const TEXT = "services: {}\n";
const isRoot = process.getuid?.() === 0;

/** A folder for what a checkout's commands would leave behind, if one ran. */
let trace: Folder;

beforeEach(() => {
  trace = createFolder({}, "trace");
});
afterEach(() => void vi.unstubAllEnvs());

/** A command that tells that it ran. */
function leavesTrace(): string {
  return `touch ${trace.path}/ran`;
}

function hasRun(): boolean {
  return existsSync(`${trace.path}/ran`);
}

function names(folder: string): readonly string[] {
  return listFiles(folder)
    .files.map((path) => path.slice(folder.length + 1))
    .filter((name) => /compose\.yaml$/.test(name))
    .sort();
}

function notes(folder: string): readonly string[] {
  return listFiles(folder).notes.map(({ path, reason }) => `${path.slice(folder.length)} ${reason}`.trim());
}

function repository(files: Readonly<Record<string, string>> = { "compose.yaml": TEXT }): Folder {
  const folder = createFolder(files);
  folder.git("init");
  folder.git("add", "--all");
  commit(folder);
  return folder;
}

function commit(folder: Folder): void {
  folder.git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--allow-empty", "-m", "all");
}

function configure(folder: Folder, lines: string, file = ".git/config"): void {
  const present = existsSync(join(folder.path, file)) ? folder.read(file) : "";
  folder.write(file, `${present}${lines}\n`);
}

/** Files that git takes for a bare repository, with a work tree and a command. */
function embedded(command: string): Record<string, string> {
  return {
    "evil/HEAD": "ref: refs/heads/main\n",
    "evil/config": `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${command}\n`,
    "evil/objects/compose.yaml": TEXT,
    "evil/refs/compose.yaml": TEXT,
    "evil/forbidden-ranges.yaml": "version: 1\n",
    "evil/compose.yaml": TEXT,
  };
}

/** Asks git as everybody does, which shows that the trap is one. */
function askPlainly(cwd: string, ...args: readonly string[]): void {
  try {
    execFileSync("git", args, { cwd, stdio: "ignore" });
  } catch {
    // What it ran may well have failed.
  }
}

describe.each(GITS)("with $name", ({ searchPath }) => {
  beforeEach(() => {
    vi.stubEnv("PATH", searchPath);
    vi.stubEnv("HOME", createFolder({}, "home").path);
  });

  it.skipIf(searchPath === undefined)("a committed folder that is a bare repository to git is a folder", () => {
    const origin = repository({ "compose.yaml": TEXT, ...embedded(leavesTrace()) });
    const clone = createFolder({});
    clone.git("clone", origin.path, "shop");
    const top = `${clone.path}/shop`;
    const all = ["compose.yaml", "evil/compose.yaml", "evil/objects/compose.yaml", "evil/refs/compose.yaml"];
    expect(names(top)).toEqual(all);
    expect(names(`${top}/evil`)).toEqual(["compose.yaml", "objects/compose.yaml", "refs/compose.yaml"]);
    expect(names(`${top}/evil/objects`)).toEqual(["compose.yaml"]);
    expect(notes(top)).toEqual([]);
    expect(hasRun()).toBe(false);
    askPlainly(`${top}/evil`, "ls-files", "--others");
    expect(hasRun()).toBe(true);
  });

  it.skipIf(searchPath === undefined)("the monitor that a repository names is not started", () => {
    const folder = repository();
    configure(folder, `[core]\n\tfsmonitor = ${leavesTrace()}`);
    expect(names(folder.path)).toEqual(["compose.yaml"]);
    expect(notes(folder.path)).toEqual([]);
    expect(hasRun()).toBe(false);
    askPlainly(folder.path, "ls-files", "--others");
    expect(hasRun()).toBe(true);
  });

  it.skipIf(searchPath === undefined)("what a partial clone lacks is not fetched", () => {
    const folder = repository();
    const blob = "0123456789012345678901234567890123456789";
    folder.git("update-index", "--add", "--cacheinfo", `100644,${blob},.gitignore`);
    folder.git("update-index", "--skip-worktree", ".gitignore");
    const url = `ext::sh -c ${leavesTrace().replace(" ", "%% ").replaceAll("%%", "%")}`;
    configure(
      folder,
      `[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n` +
        `[remote "origin"]\n\turl = "${url}"\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n\tpromisor = true\n` +
        `[protocol "ext"]\n\tallow = always`,
    );
    // Only about a file that is not tracked does git want to know what the missing list says.
    folder.write("new/compose.yaml", TEXT);
    expect(names(folder.path)).toEqual(["compose.yaml", "new/compose.yaml"]);
    expect(hasRun()).toBe(false);
    askPlainly(folder.path, "ls-files", "--others", "--exclude-standard");
    expect(hasRun()).toBe(true);
  });

  const harmless: readonly [string, string][] = [
    ["core.sshCommand", "[core]\n\tsshCommand = COMMAND"],
    ["core.gitProxy", "[core]\n\tgitProxy = COMMAND"],
    ["core.askPass", "[core]\n\taskPass = COMMAND"],
    ["core.pager", "[core]\n\tpager = COMMAND"],
    ["core.editor", "[core]\n\teditor = COMMAND"],
    ["core.hooksPath", "[core]\n\thooksPath = .githooks"],
    ["core.attributesFile", "[core]\n\tattributesFile = attributes"],
    ["pager.ls-files", "[pager]\n\tls-files = COMMAND"],
    ["alias.ls-files", "[alias]\n\tls-files = !COMMAND"],
    ["a filter", '[filter "x"]\n\tclean = COMMAND\n\tprocess = COMMAND\n\trequired = true'],
    ["a diff driver", '[diff "x"]\n\ttextconv = COMMAND\n\tcommand = COMMAND\n[diff]\n\texternal = COMMAND'],
    ["a credential helper", "[credential]\n\thelper = !COMMAND"],
    ["gpg.program", "[gpg]\n\tprogram = COMMAND"],
    ["a remote helper", '[remote "origin"]\n\tvcs = COMMAND\n\turl = x\n\tproxy = COMMAND'],
    ["submodule.x.update", '[submodule "x"]\n\tupdate = !COMMAND\n[submodule]\n\trecurse = true'],
  ];
  it.skipIf(searchPath === undefined).each(harmless)("%s in a repository starts nothing", (_, lines) => {
    const folder = repository({ "compose.yaml": TEXT, ".gitattributes": "* filter=x diff=x\n", attributes: "" });
    folder.write(".githooks/post-index-change", `#!/bin/sh\n${leavesTrace()}\n`);
    chmodSync(`${folder.path}/.githooks/post-index-change`, 0o755);
    configure(folder, lines.replaceAll("COMMAND", leavesTrace()));
    folder.write("compose.yaml", `${TEXT}# changed\n`);
    expect(names(folder.path)).toEqual(["compose.yaml"]);
    expect(notes(folder.path)).toEqual([]);
    expect(hasRun()).toBe(false);
  });

  const refused: readonly [string, string, string][] = [
    ["include.path", "[include]\n\tpath = ../shared.config", "sets include.path"],
    ["[include]path on one line", "[include]path = ../shared.config", "is not as git writes it (line 7)"],
    ["includeIf", '[includeIf "gitdir:/"]\n\tpath = ../shared.config', "sets includeif.gitdir:/.path"],
    ["core.worktree", "[core]\n\tworktree = ../elsewhere", "sets core.worktree"],
    ["core.alternateRefsCommand", "[core]\n\talternateRefsCommand = COMMAND", "sets core.alternaterefscommand"],
    ["a hook in the configuration", '[hook "x"]\n\tcommand = COMMAND', "sets hook.x.command"],
    ["a value of two lines", "[core]\n\teditor = a\\\n\tb", "is not as git writes it (line 8)"],
    ["something in core that nobody knows", "[core]\n\tnews = COMMAND", "sets core.news"],
  ];
  it.skipIf(searchPath === undefined).each(refused)(
    "%s in a repository keeps git from being asked",
    (_, lines, why) => {
      const folder = repository({ "compose.yaml": TEXT, "shared.config": `[core]\n\tfsmonitor = ${leavesTrace()}\n` });
      folder.write(".gitignore", "local/\n");
      folder.write("local/compose.yaml", TEXT);
      folder.write(
        ".git/config",
        "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n# more\n",
      );
      configure(folder, lines.replaceAll("COMMAND", leavesTrace()));
      expect(names(folder.path)).toEqual(["compose.yaml"]);
      expect(notes(folder.path)).toEqual([`was listed without git: its git configuration ${why}`]);
      expect(hasRun()).toBe(false);
    },
  );

  it.skipIf(searchPath === undefined)("a configuration for one work tree is looked at as well", () => {
    const folder = repository();
    configure(folder, "[extensions]\n\tworktreeConfig = true");
    folder.write(".git/config.worktree", "[include]\n\tpath = x\n");
    expect(names(folder.path)).toEqual(["compose.yaml"]);
    expect(notes(folder.path)).toEqual(["was listed without git: its git configuration sets include.path"]);
  });

  it.skipIf(searchPath === undefined || !isRoot)(
    "a repository of another user is listed without git, or where the user says it is safe (needs root)",
    () => {
      const folder = repository({ "compose.yaml": TEXT, ".gitignore": "local/\n", "local/compose.yaml": TEXT });
      configure(folder, `[core]\n\tfsmonitor = ${leavesTrace()}`);
      chown(folder.path, 65534);
      expect(listFiles(folder.path)).toMatchObject({
        notes: [
          {
            path: folder.path,
            reason: "was listed without git: it belongs to another user",
            cure: `git config --global --add safe.directory ${folder.path}`,
          },
        ],
      });
      expect(names(folder.path)).toEqual(["compose.yaml"]);
      folder.git("config", "--global", "--add", "safe.directory", folder.path);
      expect(notes(folder.path)).toEqual([]);
      expect(names(folder.path)).toEqual(["compose.yaml"]);
      expect(hasRun()).toBe(false);
    },
  );

  it.skipIf(searchPath === undefined || !isRoot).each([
    ["the top", "."],
    [".git", ".git"],
  ])("a repository of which %s belongs to another user is listed without git (needs root)", (_, path) => {
    const folder = repository();
    lchownSync(join(folder.path, path), 65534, 65534);
    expect(notes(folder.path)).toEqual(["was listed without git: it belongs to another user"]);
  });

  it.skipIf(searchPath === undefined || !isRoot)("who called sudo is no other user (needs root)", () => {
    const folder = repository();
    chown(folder.path, 65534);
    vi.stubEnv("SUDO_UID", "65534");
    expect(notes(folder.path)).toEqual([]);
    expect(names(folder.path)).toEqual(["compose.yaml"]);
  });

  it.skipIf(searchPath === undefined).each([
    ["a file", (folder: Folder) => folder.write("sub/.git", "gitdir: ../evil\n")],
    ["a link", (folder: Folder) => symlinkSync("../evil", `${folder.path}/sub/.git`)],
    [
      "a folder with another folder for what is common",
      (folder: Folder) => {
        folder.write("sub/.git/HEAD", "ref: refs/heads/main\n");
        folder.write("sub/.git/commondir", "../../evil\n");
      },
    ],
  ])("a .git that is %s and leads into the checkout is not followed", (_, plant) => {
    const folder = repository({ "compose.yaml": TEXT, "sub/compose.yaml": TEXT, ...embedded(leavesTrace()) });
    plant(folder);
    expect(names(`${folder.path}/sub`)).toEqual(["compose.yaml"]);
    expect(notes(`${folder.path}/sub`)).toEqual([
      "was listed without git: its .git leads to a folder inside the checkout",
    ]);
    expect(hasRun()).toBe(false);
  });

  it.skipIf(searchPath === undefined)("a .git that leads into its own work tree is not followed", () => {
    const folder = createFolder({ "compose.yaml": TEXT, ...embedded(leavesTrace()), ".git": "gitdir: evil\n" });
    expect(names(folder.path)).toContain("compose.yaml");
    expect(notes(folder.path)).toEqual(["was listed without git: its .git leads to a folder inside the checkout"]);
    expect(hasRun()).toBe(false);
  });
});

describe("the program that is started", () => {
  it.skipIf(process.platform === "win32")("is none of the checkout, whatever PATH says", () => {
    const folder = repository({ "compose.yaml": TEXT, "sub/compose.yaml": TEXT });
    const script = `#!/bin/sh\n${leavesTrace()}\n`;
    for (const place of ["git", "sub/git", "node_modules/.bin/git"]) {
      folder.write(place, script);
      chmodSync(join(folder.path, place), 0o755);
    }
    const outside = createFolder({}, "tools");
    symlinkSync(`${folder.path}/git`, `${outside.path}/git`);
    symlinkSync(folder.path, `${outside.path}/bin`);
    const own = process.env["PATH"] ?? "";
    const entries = [
      "",
      ".",
      "node_modules/.bin",
      `${folder.path}/node_modules/.bin`,
      outside.path,
      `${outside.path}/bin`,
    ];
    for (const entry of entries) {
      vi.stubEnv("PATH", `${entry}:${own}`);
      expect(names(folder.path), entry).toEqual(["compose.yaml", "sub/compose.yaml"]);
      expect(names(`${folder.path}/sub`), entry).toEqual(["compose.yaml"]);
    }
    expect(hasRun()).toBe(false);
    vi.stubEnv("PATH", entries.join(":"));
    expect(names(folder.path)).toEqual(["compose.yaml", "sub/compose.yaml"]);
    expect(hasRun()).toBe(false);
  });

  it("is found where a file of its name is no program", () => {
    const folder = repository();
    const outside = createFolder({ "folder/git/x": "", "file/git": "" }, "tools");
    writeFileSync(join(outside.path, "plain"), "");
    vi.stubEnv(
      "PATH",
      [...["folder", "file", "plain", "missing"].map((name) => `${outside.path}/${name}`), process.env["PATH"]].join(
        ":",
      ),
    );
    // Only git knows that an ignored file is tracked.
    folder.write(".gitignore", "*\n");
    expect(names(folder.path)).toEqual(["compose.yaml"]);
  });
});

function chown(path: string, uid: number): void {
  lchownSync(path, uid, uid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chown(join(path, name), uid);
}
