import { lchownSync, mkdirSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { listFiles } from "../../../src/workspace/files/list-files.js";
import { createFolder, type Folder } from "../folder.js";

const isRoot = process.getuid?.() === 0;
const STRANGER = 65534;

/** Whether git is asked about a repository of somebody else, when the user's configuration holds lines about it. */
function isTrusted(folder: Folder): boolean {
  return listFiles(folder.path).notes.length === 0;
}

describe.skipIf(!isRoot)("a repository of another user is safe (needs root)", () => {
  let folder: Folder;
  let home: Folder;
  beforeEach(() => {
    folder = createFolder({ "compose.yaml": "" });
    folder.git("init");
    lchownSync(folder.path, STRANGER, STRANGER);
    home = createFolder({}, "home");
    vi.stubEnv("HOME", home.path);
    vi.stubEnv("XDG_CONFIG_HOME", undefined);
    vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  });
  afterEach(() => void vi.unstubAllEnvs());

  function saying(...values: readonly string[]): boolean {
    const lines = values.map((value) => `\tdirectory = ${value}\n`);
    home.write(".gitconfig", `[safe]\n${lines.join("")}`);
    return isTrusted(folder);
  }

  it("where the user names it, or all, or all below a folder around it", () => {
    const parent = folder.path.replace(/\/[^/]+$/, "");
    expect(isTrusted(folder)).toBe(false);
    expect(saying(folder.path)).toBe(true);
    expect(saying(`${folder.path}/`)).toBe(true);
    expect(saying("*")).toBe(true);
    expect(saying(`${parent}/*`)).toBe(true);
    expect(saying("/*")).toBe(true);
    expect(saying("/elsewhere", folder.path)).toBe(true);
  });

  it("and not where the user names another, what lies above or below it, or takes it back", () => {
    const parent = folder.path.replace(/\/[^/]+$/, "");
    mkdirSync(`${folder.path}/below`);
    expect(saying(parent)).toBe(false);
    expect(saying(`${folder.path}/below`)).toBe(false);
    expect(saying(`${folder.path}/*`)).toBe(false);
    expect(saying("workspace", ".")).toBe(false);
    expect(saying(folder.path, '""')).toBe(false);
    expect(saying('""', folder.path)).toBe(true);
    expect(saying(`${folder.path}-other`)).toBe(false);
  });

  it("where a variable of the user's own shell says so, and never because the checkout does", () => {
    folder.write(".git/config", `${folder.read(".git/config")}[safe]\n\tdirectory = *\n`);
    folder.write(".gitconfig", "[safe]\n\tdirectory = *\n");
    expect(isTrusted(folder)).toBe(false);
    vi.stubEnv("GIT_CONFIG_COUNT", "1");
    vi.stubEnv("GIT_CONFIG_KEY_0", "safe.directory");
    vi.stubEnv("GIT_CONFIG_VALUE_0", folder.path);
    expect(isTrusted(folder)).toBe(true);
  });
});
