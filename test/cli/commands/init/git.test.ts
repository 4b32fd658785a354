import { existsSync, utimesSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { hooksFolder, isCommitted, originName } from "../../../../src/cli/commands/init/git.js";
import { folderWith, git, type Folder } from "../../command.js";

function repository(files: Readonly<Record<string, string>>): Folder {
  const folder = folderWith(files);
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "all");
  return folder;
}

describe("git can bring a file back", () => {
  it("where it has the file as it is now", () => {
    const folder = repository({ "a.json": "{}\n", "sub/[b].json": "{}\n", "empty.json": "" });
    expect(isCommitted(folder.path, "a.json")).toBe(true);
    expect(isCommitted(folder.path, "sub/[b].json")).toBe(true);
    expect(isCommitted(folder.at("sub"), "[b].json")).toBe(true);
    expect(isCommitted(folder.path, "empty.json")).toBe(true);
    folder.write("a.json", "{ }\n");
    expect(isCommitted(folder.path, "a.json")).toBe(false);
    folder.write("new.json", "");
    expect(isCommitted(folder.path, "new.json")).toBe(false);
    git(folder, "add", "--intent-to-add", "new.json");
    folder.write("new.json", "{}\n");
    expect(isCommitted(folder.path, "new.json")).toBe(false);
  });

  it("with the ends of lines that it was told to write", () => {
    const folder = repository({ ".gitattributes": "* text=auto\n", "a.json": "{\r\n}\r\n" });
    expect(isCommitted(folder.path, "a.json")).toBe(true);
  });

  it("by longer names as well", () => {
    const folder = folderWith({ "a.json": "{}\n" });
    git(folder, "init", "--quiet", "--object-format=sha256");
    git(folder, "add", "--all");
    expect(isCommitted(folder.path, "a.json")).toBe(true);
  });

  it("not where there is no git", () => {
    expect(isCommitted(folderWith({ "a.json": "{}\n" }).path, "a.json")).toBe(false);
  });

  it("and no filter of the repository is started to find that out", () => {
    const folder = repository({ "a.json": "{}\n", ".gitattributes": "*.json filter=evil\n" });
    const ran = folderWith().at("ran");
    git(folder, "config", "filter.evil.clean", `touch ${ran}; cat`);
    utimesSync(folder.at("a.json"), 1, 1);
    expect(isCommitted(folder.path, "a.json")).toBe(true);
    expect(existsSync(ran)).toBe(false);
    // Git's own way to answer does start it.
    git(folder, "status", "--porcelain");
    expect(existsSync(ran)).toBe(true);
  });
});

describe("git's hooks", () => {
  it("are named from the folder where they lie below it, or else as a whole", () => {
    const folder = repository({});
    expect(hooksFolder(folder.path)).toBe(".git/hooks");
    git(folder, "worktree", "add", "--quiet", "linked");
    expect(hooksFolder(folder.at("linked"))).toBe(folder.at(".git/hooks"));
    git(folder, "config", "core.hooksPath", ".husky/_");
    expect(hooksFolder(folder.path)).toBe(".husky/_");
    expect(hooksFolder(folderWith().path)).toBe(undefined);
  });
});

describe("the name of the repository", () => {
  it("is not asked of git where the configuration brings in another file", () => {
    const folder = repository({});
    git(folder, "remote", "add", "origin", "git@example.com:acme/shop.git");
    expect(originName(folder.path)).toBe("acme-shop");
    git(folder, "config", "include.path", "../shared");
    expect(originName(folder.path)).toBe(undefined);
  });
});
