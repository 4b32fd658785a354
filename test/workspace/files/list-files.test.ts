import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lchownSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it, vi } from "vitest";

import { findCheckedFiles } from "../../../src/workspace/files/discover.js";
import { listFiles } from "../../../src/workspace/files/list-files.js";
import { createFolder, type Folder } from "../folder.js";

const TEXT = "services: {}\n";
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === "linux";
const isUnix = process.platform !== "win32";
const NOBODY = 65534;

afterEach(() => void vi.unstubAllEnvs());

function commit(folder: Folder, path = "."): void {
  folder.git("-C", path, "add", "--all");
  folder.git("-C", path, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--allow-empty", "-m", "all");
}

/** What a check would look at, and what it could not, as paths from the folder. */
function found(folder: Folder, below = ""): { files: string[]; notChecked: string[]; notes: string[] } {
  const directory = join(folder.path, below);
  const { files, notChecked, notes } = findCheckedFiles(directory);
  const short = (path: string): string => path.slice(directory.length + 1) || ".";
  return {
    files: files.map(short),
    notChecked: notChecked.map(({ path, reason, cure, isTrouble }) => {
      return `${short(path)} ${reason}; ${cure ?? ""}${isTrouble ? " (trouble)" : ""}`;
    }),
    notes: notes.map(({ path, reason }) => `${short(path)} ${reason}`),
  };
}

/** Without git, and in a work tree that git must not be asked about: both look through the folders. */
const WAYS: readonly [string, (folder: Folder) => void][] = [
  ["with git", (folder) => folder.git("init")],
  ["without git", () => undefined],
  [
    "in a repository with a configuration that git must not get",
    (folder) => {
      folder.git("init");
      folder.git("config", "include.path", "x");
    },
  ],
];

describe.each(WAYS)("the files below a folder, %s", (way, prepare) => {
  const walks = way.startsWith("in a") ? [". was listed without git: its git configuration sets include.path"] : [];

  it("hold symbolic links to files, and nothing behind links to folders", () => {
    const folder = createFolder({ "compose.yaml": TEXT, "real/compose.yaml": TEXT, "other/x": "" });
    prepare(folder);
    symlinkSync("../compose.yaml", `${folder.path}/other/compose.yaml`);
    symlinkSync("missing", `${folder.path}/other/compose.dangling.yaml`);
    symlinkSync("real", `${folder.path}/linked`);
    symlinkSync(".", `${folder.path}/circle`);
    expect(found(folder)).toEqual({
      files: ["compose.yaml", "other/compose.dangling.yaml", "other/compose.yaml", "real/compose.yaml"],
      notChecked: [],
      notes: walks,
    });
  });

  it.skipIf(!isUnix)("leave out no FIFO in silence, unless it is ignored or has another name (needs mkfifo)", () => {
    const folder = createFolder({
      ".gitignore": "/data/\n*.local.yaml\n",
      "compose.yaml": TEXT,
      "shop/x": "",
      "data/x": "",
      "node_modules/pack/x": "",
    });
    prepare(folder);
    for (const path of [
      "shop/compose.yaml",
      "shop/daemon.json",
      "shop/notes.yaml",
      "shop/compose.local.yaml",
      "data/compose.yaml",
      "node_modules/pack/compose.yaml",
    ]) {
      execFileSync("mkfifo", [join(folder.path, path)]);
    }
    expect(found(folder)).toEqual({
      files: ["compose.yaml"],
      notChecked: [
        "shop/compose.yaml is not a regular file;  (trouble)",
        "shop/daemon.json is not a regular file;  (trouble)",
      ],
      notes: walks,
    });
  });

  it("do not depend on a .gitignore that is a link, a folder or no file at all", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "a/compose.yaml": TEXT,
      "b/compose.yaml": TEXT,
      patterns: "*\n",
    });
    prepare(folder);
    symlinkSync("../patterns", `${folder.path}/a/.gitignore`);
    folder.write("b/.gitignore/x", "");
    expect(found(folder).files).toEqual(["a/compose.yaml", "b/compose.yaml", "compose.yaml"]);
  });

  it("hold none of installed packages", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "node_modules/a/compose.yaml": TEXT,
      "b/node_modules/compose.yaml": TEXT,
    });
    prepare(folder);
    expect(found(folder).files).toEqual(["compose.yaml"]);
  });

  it.skipIf(!isLinux)("with names that are not UTF-8 are told of (needs Linux)", () => {
    const folder = createFolder({ "compose.yaml": TEXT, ".gitignore": "/local/\n", "\uFFFD/compose.yaml": TEXT });
    prepare(folder);
    writeFileSync(Buffer.from(`${folder.path}/compose.\xE4.yaml`, "latin1"), TEXT);
    writeFileSync(Buffer.from(`${folder.path}/notes-\xE4.yaml`, "latin1"), TEXT);
    execFileSync(
      "sh",
      [
        "-c",
        "mkdir -p \"$(printf 'l\\344den/a')\" local && cp compose.yaml \"$(printf 'l\\344den/a')\" && cp compose.yaml \"$(printf 'local/compose.\\344.yaml')\"",
      ],
      {
        cwd: folder.path,
      },
    );
    expect(found(folder)).toEqual({
      files: ["compose.yaml", "\uFFFD/compose.yaml"],
      notChecked: [
        "compose.\uFFFD.yaml has a path that is not valid UTF-8; rename it (trouble)",
        "l\uFFFDden/a/compose.yaml has a path that is not valid UTF-8; rename it (trouble)",
      ],
      notes: walks,
    });
  });

  it.skipIf(process.platform === "win32")("with line feeds in their names are told of", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      "compose.a\nb.yaml": TEXT,
      "a\nb/compose.yaml": TEXT,
      "c\nd/x.yaml": "",
    });
    prepare(folder);
    expect(found(folder)).toEqual({
      files: ["compose.yaml"],
      notChecked: [
        "a\nb/compose.yaml has a line feed in its path; rename it (trouble)",
        "compose.a\nb.yaml has a line feed in its path; rename it (trouble)",
      ],
      notes: walks,
    });
  });

  it.skipIf(!isLinux)("in a folder whose path is too long are told of (needs Linux)", () => {
    const folder = createFolder({ "compose.yaml": TEXT });
    prepare(folder);
    // One step at a time, since no call takes such a path as a whole.
    const digs = `for (let i = 0; i < 22; i++) {
      fs.mkdirSync("d".repeat(200));
      process.chdir("d".repeat(200));
      fs.writeFileSync("compose.yaml", "");
    }`;
    execFileSync(process.execPath, ["-e", digs], { cwd: folder.path });
    const { files, notChecked } = listFiles(folder.path);
    execFileSync("rm", ["-rf", "d".repeat(200)], { cwd: folder.path });
    expect(files.length).toBeGreaterThan(15);
    expect(notChecked).toMatchObject([{ reason: "has a path that is too long for this system", isTrouble: true }]);
  });

  it.skipIf(!isRoot)("in a folder that can't be opened are told of, unless git ignores it (needs root)", () => {
    const folder = createFolder({
      "compose.yaml": TEXT,
      ".gitignore": "/ignored/\n",
      "data/compose.yaml": TEXT,
      "ignored/compose.yaml": TEXT,
    });
    prepare(folder);
    chown(join(folder.path, ".."), NOBODY);
    for (const closed of ["data", "ignored"]) chmodSync(join(folder.path, closed), 0);
    vi.stubEnv("HOME", folder.path);
    asNobody(() => {
      expect(found(folder)).toEqual({
        files: ["compose.yaml"],
        notChecked: [
          'data can\'t be opened (permission denied); add "data/" to .gitignore, or name it in "ignore:" of the policy file (trouble)',
        ],
        notes: walks,
      });
      expect(found(folder, "data").notChecked).toEqual([". can't be opened (permission denied);  (trouble)"]);
    });
  });
});

describe("the files below a folder of a work tree that is looked through", () => {
  it("are those that git would list, by every list of patterns that it reads", () => {
    const folder = createFolder({
      ".gitignore": "/apps/*/top/\n",
      "apps/.gitignore": "!shop/top/\nmiddle/\n",
      "apps/shop/compose.yaml": TEXT,
      "apps/shop/top/compose.yaml": TEXT,
      "apps/blog/top/compose.yaml": TEXT,
      "apps/shop/middle/compose.yaml": TEXT,
      "apps/shop/excluded/compose.yaml": TEXT,
      "apps/shop/mine/compose.yaml": TEXT,
    });
    const home = createFolder({ ".config/git/ignore": "mine/\n" }, "home");
    vi.stubEnv("HOME", home.path);
    vi.stubEnv("XDG_CONFIG_HOME", undefined);
    folder.git("init");
    folder.write(".git/info/exclude", "excluded/\n");
    const ways = ["", "apps", "apps/shop", "apps/shop/middle"];
    const listed = ways.map((below) => found(folder, below).files);
    expect(listed).toEqual([
      ["apps/shop/compose.yaml", "apps/shop/top/compose.yaml"],
      ["shop/compose.yaml", "shop/top/compose.yaml"],
      ["compose.yaml", "top/compose.yaml"],
      [],
    ]);
    folder.git("config", "include.path", "x");
    expect(ways.map((below) => found(folder, below).files)).toEqual(listed);
    home.write(".gitconfig", "[core]\n\texcludesFile = ~/patterns\n");
    home.write("patterns", "top/\n");
    expect(found(folder).files).toEqual([
      "apps/shop/compose.yaml",
      "apps/shop/mine/compose.yaml",
      "apps/shop/top/compose.yaml",
    ]);
  });
});

describe("repositories inside of a repository", () => {
  function superproject(): Folder {
    const folder = createFolder({
      "origin/compose.yaml": TEXT,
      "origin/.gitignore": "local/\n",
      "super/compose.yaml": TEXT,
      "super/clone/compose.yaml": TEXT,
    });
    folder.git("init", "origin");
    commit(folder, "origin");
    folder.git("init", "super/clone");
    folder.git("init", "super");
    folder.git("-C", "super", "-c", "protocol.file.allow=always", "submodule", "add", "../origin", "vendor/shop");
    folder.write("super/vendor/shop/local/compose.yaml", TEXT);
    return folder;
  }
  const FILES = ["compose.yaml", "vendor/shop/compose.yaml"];
  const NOT_CHECKED = ["clone is a repository of its own; name it to check it"];

  it("are listed where they are submodules, and told of where they are not", () => {
    const folder = superproject();
    expect(found(folder, "super")).toEqual({ files: FILES, notChecked: NOT_CHECKED, notes: [] });
    expect(found(folder, "super/vendor")).toEqual({ files: ["shop/compose.yaml"], notChecked: [], notes: [] });
    const one = { files: ["compose.yaml"], notChecked: [], notes: [] };
    expect(found(folder, "super/vendor/shop")).toEqual(one);
    expect(found(folder, "super/clone")).toEqual(one);
  });

  it("are the same where git must not be asked about the outer one", () => {
    const folder = superproject();
    folder.git("-C", "super", "config", "include.path", "x");
    expect(found(folder, "super")).toEqual({
      files: FILES,
      notChecked: NOT_CHECKED,
      notes: [". was listed without git: its git configuration sets include.path"],
    });
  });

  it("are each judged by their own configuration", () => {
    const folder = superproject();
    folder.git("-C", "super/vendor/shop", "config", "include.path", "x");
    expect(found(folder, "super")).toEqual({
      files: FILES,
      notChecked: NOT_CHECKED,
      notes: ["vendor/shop was listed without git: its git configuration sets include.path"],
    });
  });

  it("are listed where a submodule has lost its repository, and are nothing where it was never fetched", () => {
    const folder = superproject();
    folder.remove("super/vendor/shop/.git");
    expect(found(folder, "super").files).toEqual(FILES);
    const clone = createFolder({});
    folder.git("-C", "super", "add", "compose.yaml");
    folder.git("-C", "super", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "all");
    clone.git("clone", `${folder.path}/super`, ".");
    expect(found(clone).files).toEqual(["compose.yaml"]);
  });

  it("are told of where they are linked work trees", () => {
    const folder = createFolder({ "compose.yaml": TEXT });
    folder.git("init");
    commit(folder);
    folder.git("worktree", "add", "trees/next");
    expect(found(folder)).toEqual({
      files: ["compose.yaml"],
      notChecked: ["trees/next is a repository of its own; name it to check it"],
      notes: [],
    });
    expect(found(folder, "trees/next")).toEqual({ files: ["compose.yaml"], notChecked: [], notes: [] });
  });

  it("are all that a folder without a repository holds, each with its own git", () => {
    const folder = createFolder({ "a/compose.yaml": TEXT, "b/compose.yaml": TEXT, "b/.gitignore": "*\n" });
    folder.git("init", "a");
    folder.git("init", "b");
    // Only git knows that an ignored file is tracked.
    folder.git("-C", "b", "add", "--force", "compose.yaml");
    expect(found(folder)).toEqual({ files: ["a/compose.yaml", "b/compose.yaml"], notChecked: [], notes: [] });
  });
});

/** Root may open every folder; so the folders are looked at by somebody who may not. */
function asNobody(look: () => void): void {
  process.setegid?.(NOBODY);
  process.seteuid?.(NOBODY);
  try {
    look();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

function chown(path: string, uid: number): void {
  lchownSync(path, uid, uid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chown(join(path, name), uid);
}

describe.each(WAYS.slice(1))("patterns of a .gitignore that would keep us busy, %s", (_way, prepare) => {
  const LONG = "**/a*b*c*/x\n".repeat(6000);
  const HALF = "*.log\n".repeat(6000);
  const REASON = "has more than 64 KiB of patterns, with those of the folders above it; shorten it (trouble)";

  it("are not read, which is said, and nothing is left out by them", () => {
    const folder = createFolder({ ".gitignore": `${LONG}compose.yaml\n`, "compose.yaml": TEXT });
    prepare(folder);
    expect(found(folder)).toMatchObject({ files: ["compose.yaml"], notChecked: [`.gitignore ${REASON}`] });
  });

  it("count together with those of the folders above", () => {
    const folder = createFolder({
      ".gitignore": `${HALF}/a/compose.yaml\n`,
      "a/.gitignore": HALF,
      "a/b/.gitignore": "compose.yaml\n",
      "a/compose.yaml": TEXT,
      "a/b/compose.yaml": TEXT,
      "c/.gitignore": "compose.yaml\n",
      "c/compose.yaml": TEXT,
    });
    prepare(folder);
    // What the list in `a` says is unknown; those beside it and below it are short enough.
    expect(found(folder)).toMatchObject({ files: [], notChecked: [`a/.gitignore ${REASON}`] });
  });

  it("may lie above the folder that is looked through", () => {
    const folder = createFolder({ ".gitignore": LONG, "shop/compose.yaml": TEXT });
    prepare(folder);
    const { files, notChecked } = findCheckedFiles(join(folder.path, "shop"));
    const isAbove = existsSync(join(folder.path, ".git"));
    expect(files).toEqual([`${folder.path}/shop/compose.yaml`]);
    expect(notChecked.map(({ path }) => path)).toEqual(isAbove ? [`${folder.path}/.gitignore`] : []);
  });
});
