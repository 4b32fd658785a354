import { chmodSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { createDisk } from "../../src/workspace/files/node-disk.js";
import { FileIndex } from "../../src/workspace/files/file-index.js";
import { Workspace } from "../../src/workspace/workspace.js";
import { composeFile, createFolder, POLICY, type Folder } from "./folder.js";

const TEXT = composeFile("front: {}");
const FILES = {
  "forbidden-ranges.yaml": `${POLICY}ignore: [data/, "**/*.draft.yaml", apps/old]\n`,
  "compose.yaml": TEXT,
  "compose.draft.yaml": TEXT,
  "data/compose.yaml": TEXT,
  "data/forbidden-ranges.yaml": POLICY,
  "data/more/compose.yaml": TEXT,
  "apps/old/compose.yaml": TEXT,
  "apps/new/compose.draft.yaml": TEXT,
  "shop/forbidden-ranges.yaml": `${POLICY}ignore: [data]\n`,
  "shop/compose.draft.yaml": TEXT,
  "shop/data/compose.yaml": TEXT,
};

function workspaceIn({ path }: Folder, ranges?: string): Workspace {
  return new Workspace({ cwd: path, ranges: ranges && `${path}/${ranges}` }, new FileIndex(createDisk()));
}

function below(folder: Folder): { readonly files: readonly string[]; readonly ignored: readonly string[] } {
  const { files, ignored } = workspaceIn(folder).foundBelow(folder.path);
  const names = (paths: readonly string[]): string[] => paths.map((path) => path.slice(folder.path.length + 1));
  return { files: names(files), ignored: names(ignored) };
}

describe("the files that a policy ignores", () => {
  it("hold nothing that others could meet; the nearest policy decides, but none in a folder that is ignored", () => {
    const folder = createFolder(FILES);
    folder.git("init", "--quiet");
    expect(below(folder)).toEqual({
      files: ["compose.yaml", "shop/compose.draft.yaml"],
      ignored: [
        "apps/new/compose.draft.yaml",
        "apps/old/compose.yaml",
        "compose.draft.yaml",
        "data/compose.yaml",
        "data/more/compose.yaml",
        "shop/data/compose.yaml",
      ],
    });
  });

  it("are the same without git, but for the folders that nobody opened", () => {
    expect(below(createFolder(FILES))).toEqual({
      files: ["compose.yaml", "shop/compose.draft.yaml"],
      ignored: ["apps/new/compose.draft.yaml", "compose.draft.yaml"],
    });
  });

  it("are named by the file that ignores them, which is never itself among them", () => {
    const folder = createFolder({ ...FILES, "shop/forbidden-ranges.yaml": `${POLICY}ignore: ["**"]\n` });
    const by = (file: string): string | undefined => {
      const ignorer = workspaceIn(folder).ignoredBy(`${folder.path}/${file}`);
      return ignorer?.kind === "policy" ? ignorer.file.slice(folder.path.length + 1) : undefined;
    };
    expect(by("data")).toBe("forbidden-ranges.yaml");
    expect(by("data/forbidden-ranges.yaml")).toBe("forbidden-ranges.yaml");
    expect(by("shop/compose.yaml")).toBe("shop/forbidden-ranges.yaml");
    expect(by("shop/forbidden-ranges.yaml")).toBeUndefined();
    expect(by("shop")).toBeUndefined();
    expect(workspaceIn(folder).ignoredBy(folder.path)).toBeUndefined();
  });

  it("change with the policy", async () => {
    const folder = createFolder(FILES);
    const workspace = workspaceIn(folder);
    const isIgnored = (): boolean => workspace.ignoredBy(`${folder.path}/data/compose.yaml`) !== undefined;
    expect(isIgnored()).toBe(true);
    folder.write("forbidden-ranges.yaml", `${POLICY}ignore: [elsewhere]\n`);
    await new Promise(setImmediate);
    expect(isIgnored()).toBe(false);
  });

  it("are decided by the policy of --ranges alone, where there is one", () => {
    const folder = createFolder({ ...FILES, "all.yaml": `${POLICY}ignore: [shop]\n` });
    const workspace = workspaceIn(folder, "all.yaml");
    const isIgnored = (file: string): boolean => workspace.ignoredBy(`${folder.path}/${file}`) !== undefined;
    expect(["shop/compose.yaml", "data/compose.yaml", "compose.draft.yaml"].filter(isIgnored)).toEqual([
      "shop/compose.yaml",
    ]);
  });

  it.skipIf(process.platform === "win32")("leave nothing to complain of in a folder that is closed", () => {
    const folder = createFolder(FILES);
    const closed = join(folder.path, "data");
    chmodSync(closed, 0);
    const workspace = workspaceIn(folder);
    const { notChecked } = workspace.foundBelow(folder.path);
    const faults = [...workspace.disk.faults().keys()];
    chmodSync(closed, 0o700);
    expect({ notChecked, faults }).toEqual({ notChecked: [], faults: [] });
  });
});
