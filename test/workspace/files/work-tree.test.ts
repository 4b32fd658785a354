import { chmodSync, lchownSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { findWorkTree, nearestWorkTree } from "../../../src/workspace/files/work-tree.js";
import { createFolder, type Folder } from "../folder.js";

const isRoot = process.getuid?.() === 0;
const STRANGER = 65534;
const OTHER_STRANGER = 65533;

function repositoryAt(folder: Folder, path = "."): void {
  folder.git("init", path);
}

function committed(folder: Folder, path: string): void {
  folder.git("-C", path, "add", "--all");
  folder.git("-C", path, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--allow-empty", "-m", "all");
}

/** An answer may be as old as the turn of the event loop. */
async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Where the top lies, from the folder. */
function topOf(folder: Folder, path = ""): string | undefined {
  const tree = findWorkTree(join(folder.path, path));
  return tree && (tree.top.slice(folder.path.length + 1) || ".");
}

describe("the top of the work tree that holds a folder", () => {
  it("is where .git is, seen from every folder below it and from one that is not there yet", () => {
    const folder = createFolder({ "shop/apps/web/compose.yaml": "" });
    repositoryAt(folder, "shop");
    for (const path of ["shop", "shop/apps", "shop/apps/web", "shop/apps/new/folder"]) {
      expect(topOf(folder, path), path).toBe("shop");
    }
    expect(findWorkTree(`${folder.path}/shop/apps`)).toEqual({
      top: `${folder.path}/shop`,
      gitFolder: `${folder.path}/shop/.git`,
      commonFolder: `${folder.path}/shop/.git`,
    });
    expect(topOf(folder)).toBe(undefined);
  });

  it("is the one that a symbolic link leads to", () => {
    const folder = createFolder({ "shop/apps/compose.yaml": "", "links/x": "" });
    repositoryAt(folder, "shop");
    symlinkSync("../shop/apps", `${folder.path}/links/apps`);
    expect(topOf(folder, "links/apps")).toBe("shop");
    expect(topOf(folder, "links")).toBe(undefined);
  });

  it("is that of the superproject for a submodule", () => {
    const folder = createFolder({ "origin/compose.yaml": "", "super/compose.yaml": "" });
    repositoryAt(folder, "origin");
    committed(folder, "origin");
    repositoryAt(folder, "super");
    folder.git("-C", "super", "-c", "protocol.file.allow=always", "submodule", "add", "../origin", "vendor/shop");
    expect(topOf(folder, "super/vendor/shop")).toBe("super");
    expect(nearestWorkTree(`${folder.path}/super/vendor/shop`)).toEqual({
      top: `${folder.path}/super/vendor/shop`,
      gitFolder: `${folder.path}/super/.git/modules/vendor/shop`,
      commonFolder: `${folder.path}/super/.git/modules/vendor/shop`,
    });
  });

  it("is that of the outer clone for a clone inside of it", () => {
    const folder = createFolder({ "outer/inner/compose.yaml": "" });
    repositoryAt(folder, "outer");
    repositoryAt(folder, "outer/inner");
    expect(topOf(folder, "outer/inner")).toBe("outer");
    expect(nearestWorkTree(`${folder.path}/outer/inner`)?.top).toBe(`${folder.path}/outer/inner`);
  });

  it("is its own for a linked work tree that lies elsewhere", () => {
    const folder = createFolder({ "main/compose.yaml": "" });
    repositoryAt(folder, "main");
    committed(folder, "main");
    folder.git("-C", "main", "worktree", "add", "../linked");
    expect(findWorkTree(`${folder.path}/linked`)).toEqual({
      top: `${folder.path}/linked`,
      gitFolder: `${folder.path}/main/.git/worktrees/linked`,
      commonFolder: `${folder.path}/main/.git`,
    });
  });

  it("is its own for a work tree beside the bare repository that it belongs to", () => {
    const folder = createFolder({ "origin/compose.yaml": "", "shop/.git": "gitdir: ./.bare\n" });
    repositoryAt(folder, "origin");
    committed(folder, "origin");
    folder.git("clone", "--bare", "origin", "shop/.bare");
    folder.git("-C", "shop/.bare", "worktree", "add", "../main");
    expect(topOf(folder, "shop/main")).toBe("shop/main");
    expect(topOf(folder, "shop")).toBe(undefined);
  });

  it.each([
    ["an empty folder", { ".git/x": "" }],
    ["a folder without objects", { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/x": "" }],
    ["a file of something else", { ".git": "hello\n" }],
    ["a file that leads nowhere", { ".git": "gitdir: ../missing\n" }],
  ])("is not where .git is %s", async (_, files) => {
    const folder = createFolder({ "inner/compose.yaml": "" });
    for (const [name, text] of Object.entries(files)) folder.write(`inner/${name}`, text);
    expect(topOf(folder, "inner")).toBe(undefined);
    repositoryAt(folder);
    await nextTurn();
    expect(topOf(folder, "inner")).toBe(".");
  });

  it("is not where .git is a link that leads in a circle", () => {
    const folder = createFolder({ "compose.yaml": "" });
    symlinkSync(".git", `${folder.path}/.git`);
    expect(topOf(folder)).toBe(undefined);
  });

  describe.skipIf(!isRoot)("where others own something (needs root)", () => {
    it("is not in a folder that others can write to, where one of them made a .git", async () => {
      const folder = createFolder({ "tmp/mine/compose.yaml": "" });
      repositoryAt(folder, "tmp");
      chown(`${folder.path}/tmp/.git`, STRANGER);
      chmodSync(`${folder.path}/tmp`, 0o1777);
      expect(topOf(folder, "tmp/mine")).toBe(undefined);
      repositoryAt(folder, "tmp/mine");
      await nextTurn();
      expect(topOf(folder, "tmp/mine")).toBe("tmp/mine");
    });

    it("is that of a checkout which is theirs as a whole, as a mounted folder is to root in a container", async () => {
      const folder = createFolder({ "src/apps/compose.yaml": "" });
      repositoryAt(folder, "src");
      chown(`${folder.path}/src`, STRANGER);
      expect(topOf(folder, "src/apps")).toBe("src");
      lchownSync(`${folder.path}/src/apps`, 0, 0);
      await nextTurn();
      expect(topOf(folder, "src/apps")).toBe("src");
    });

    it("is not that of a checkout in which the folder belongs to a third", () => {
      const folder = createFolder({ "src/apps/compose.yaml": "" });
      repositoryAt(folder, "src");
      chown(`${folder.path}/src`, STRANGER);
      lchownSync(`${folder.path}/src/apps`, OTHER_STRANGER, OTHER_STRANGER);
      expect(topOf(folder, "src/apps")).toBe(undefined);
    });
  });
});

function chown(path: string, uid: number): void {
  lchownSync(path, uid, uid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) chown(join(path, name), uid);
}
