import { mkdirSync, realpathSync, symlinkSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { DiskBounds } from "../../../src/workspace/files/disk.js";
import { createDisk } from "../../../src/workspace/files/node-disk.js";
import { createFolder, type Folder } from "../folder.js";

const NEXT_DOOR = "secret: 10.9.9.0/24\n";

/** A workspace with a neighbour, whose files are none of its own. */
function neighbours(hasGit: boolean): Folder {
  const folder = createFolder({
    "ws/compose.yaml": "services: {}\n",
    "ws/apps/shop/compose.yaml": "services: {}\n",
    "ws/lib/base.yaml": "a: 1\n",
    "next-door/x.yaml": NEXT_DOOR,
    "next-door/more/y.yaml": NEXT_DOOR,
  });
  if (hasGit) folder.git("init", "--quiet", "ws");
  return folder;
}

function diskIn(folder: Folder, bounds: Partial<DiskBounds> = {}) {
  return createDisk().within({ cwd: `${folder.path}/ws`, ...bounds });
}

describe.each([
  ["a git work tree", true],
  ["a folder without git", false],
])("in %s", (_, hasGit) => {
  it.each([
    ["a link to a file", "ws/evil.yaml", "../next-door/x.yaml"],
    ["an absolute link", "ws/evil.yaml", "TOP/next-door/x.yaml"],
    ["a link through itself and out again", "ws/evil.yaml", "apps/../../next-door/x.yaml"],
    ["a link deep inside", "ws/apps/shop/evil.yaml", "../../../next-door/x.yaml"],
  ])("%s outside is not read", (_, at, target) => {
    const folder = neighbours(hasGit);
    symlinkSync(target.replace("TOP", folder.path), `${folder.path}/${at}`);
    const disk = diskIn(folder);
    const path = `${folder.path}/${at}`;
    expect(disk.read(path)).toBeUndefined();
    expect(disk.version(path)).toBeUndefined();
    expect(disk.faults().get(path)).toEqual({ kind: "outside", allow: `${folder.path}/next-door` });
  });

  it("a chain of links that ends outside is not read", () => {
    const folder = neighbours(hasGit);
    symlinkSync("second.yaml", `${folder.path}/ws/first.yaml`);
    symlinkSync("../next-door/x.yaml", `${folder.path}/ws/second.yaml`);
    const disk = diskIn(folder);
    expect(disk.read(`${folder.path}/ws/first.yaml`)).toBeUndefined();
    expect(disk.faults().get(`${folder.path}/ws/first.yaml`)?.kind).toBe("outside");
  });

  it("nothing below a folder that is a link to outside is read, whoever names it", () => {
    const folder = neighbours(hasGit);
    symlinkSync("../next-door", `${folder.path}/ws/vendor`);
    const path = `${folder.path}/ws/vendor/more/y.yaml`;
    const disk = diskIn(folder, { named: [path] });
    expect(disk.read(path)).toBeUndefined();
    expect(disk.faults().get(path)).toEqual({ kind: "outside", allow: `${folder.path}/next-door/more` });
    expect(disk.refusal(`${folder.path}/ws/vendor`)).toEqual({ kind: "outside", allow: `${folder.path}/next-door` });
  });

  it("a folder that is a link to another repository does not become a workspace by its .git", () => {
    const folder = neighbours(hasGit);
    folder.git("init", "--quiet", "next-door");
    symlinkSync("../next-door", `${folder.path}/ws/vendor`);
    const disk = diskIn(folder);
    expect(disk.read(`${folder.path}/ws/vendor/x.yaml`)).toBeUndefined();
    expect(disk.faults().get(`${folder.path}/ws/vendor/x.yaml`)?.kind).toBe("outside");
  });

  it("links that stay inside are read: to a file, through a folder, up and down, to the top itself", () => {
    const folder = neighbours(hasGit);
    symlinkSync("lib/base.yaml", `${folder.path}/ws/link.yaml`);
    symlinkSync("../lib", `${folder.path}/ws/apps/lib`);
    symlinkSync("../..", `${folder.path}/ws/apps/shop/top`);
    const disk = diskIn(folder);
    for (const name of ["link.yaml", "apps/lib/base.yaml", "apps/shop/top/lib/base.yaml"]) {
      expect(disk.read(`${folder.path}/ws/${name}`), name).toBe("a: 1\n");
    }
    expect([...disk.faults()]).toEqual([]);
  });

  it("a workspace that is itself reached through a link is one like any other", () => {
    const folder = neighbours(hasGit);
    symlinkSync("ws", `${folder.path}/current`);
    symlinkSync("lib/base.yaml", `${folder.path}/ws/link.yaml`);
    symlinkSync("../next-door/x.yaml", `${folder.path}/ws/evil.yaml`);
    const disk = createDisk().within({ cwd: `${folder.path}/current` });
    expect(disk.read(`${folder.path}/current/link.yaml`)).toBe("a: 1\n");
    expect(disk.reaches(`${folder.path}/current/compose.yaml`, `${folder.path}/current/lib/base.yaml`)).toBe(true);
    expect(disk.read(`${folder.path}/current/evil.yaml`)).toBeUndefined();
  });

  it("a circle of links, a link to nothing and a link to a folder are no files", () => {
    const folder = neighbours(hasGit);
    symlinkSync("circle.yaml", `${folder.path}/ws/circle.yaml`);
    symlinkSync("nowhere.yaml", `${folder.path}/ws/nothing.yaml`);
    symlinkSync("lib", `${folder.path}/ws/folder.yaml`);
    const disk = diskIn(folder);
    for (const name of ["circle", "nothing", "folder"]) disk.read(`${folder.path}/ws/${name}.yaml`);
    expect([...disk.faults()]).toEqual([
      [`${folder.path}/ws/circle.yaml`, { kind: "unreadable", code: "ELOOP" }],
      [`${folder.path}/ws/folder.yaml`, { kind: "not regular" }],
    ]);
  });

  it("--allow-outside opens one directory and what lies below it, for links and for paths", () => {
    const folder = neighbours(hasGit);
    symlinkSync("../next-door/x.yaml", `${folder.path}/ws/evil.yaml`);
    const asking = `${folder.path}/ws/compose.yaml`;
    const outside = `${folder.path}/next-door/x.yaml`;
    const closed = diskIn(folder);
    expect(closed.reaches(asking, outside)).toBe(false);
    expect(closed.faults().get(outside)).toEqual({ kind: "outside", allow: `${folder.path}/next-door` });

    const open = diskIn(folder, { allowOutside: [`${folder.path}/next-door`] });
    expect(open.reaches(asking, outside)).toBe(true);
    expect(open.read(`${folder.path}/ws/evil.yaml`)).toBe(NEXT_DOOR);
    const narrow = diskIn(folder, { allowOutside: [`${folder.path}/next-door/more`] });
    expect(narrow.reaches(asking, outside)).toBe(false);
    expect(narrow.read(`${folder.path}/ws/evil.yaml`)).toBeUndefined();
  });

  it("an allowed directory may be named by a link, and its links lead no further", () => {
    const folder = neighbours(hasGit);
    folder.write("far/z.yaml", NEXT_DOOR);
    symlinkSync("next-door", `${folder.path}/shared`);
    symlinkSync("../far/z.yaml", `${folder.path}/next-door/z.yaml`);
    const disk = diskIn(folder, { allowOutside: [`${folder.path}/shared`] });
    expect(disk.reaches(`${folder.path}/ws/compose.yaml`, `${folder.path}/shared/x.yaml`)).toBe(true);
    expect(disk.read(`${folder.path}/shared/x.yaml`)).toBe(NEXT_DOOR);
    expect(disk.read(`${folder.path}/shared/z.yaml`)).toBeUndefined();
    expect(disk.faults().get(`${folder.path}/shared/z.yaml`)).toEqual({ kind: "outside", allow: `${folder.path}/far` });
  });

  it("a path that is typed and lies elsewhere is allowed by that, with what a link of its name leads to", () => {
    const folder = neighbours(hasGit);
    mkdirSync(`${folder.path}/site`);
    symlinkSync("../next-door/x.yaml", `${folder.path}/site/compose.yaml`);
    const typed = `${folder.path}/site/compose.yaml`;
    expect(diskIn(folder, { named: [typed] }).read(typed)).toBe(NEXT_DOOR);
    expect(diskIn(folder).read(typed)).toBeUndefined();
  });

  it("what was named as --ranges reads the files of its own folder, and only where it lies elsewhere", () => {
    const folder = neighbours(hasGit);
    folder.write("next-door/ranges.yaml", "version: 1\n");
    symlinkSync("x.yaml", `${folder.path}/next-door/more/up.yaml`);
    symlinkSync("../x.yaml", `${folder.path}/next-door/more/beside.yaml`);
    const ranges = `${folder.path}/next-door/ranges.yaml`;
    const disk = diskIn(folder, { ranges });
    expect(disk.read(ranges)).toBe("version: 1\n");
    expect(disk.reaches(ranges, `${folder.path}/next-door/more/y.yaml`)).toBe(true);
    expect(disk.read(`${folder.path}/next-door/more/beside.yaml`)).toBe(NEXT_DOOR);
    expect(disk.reaches(ranges, `${folder.path}/elsewhere.yaml`)).toBe(false);
    expect(disk.reaches(`${folder.path}/ws/compose.yaml`, `${folder.path}/next-door/x.yaml`)).toBe(false);
  });
});

it("nothing inside .git is read, through a link or by its name", () => {
  const folder = neighbours(true);
  symlinkSync(".git/config", `${folder.path}/ws/compose.override.yaml`);
  folder.write("ws/.git/compose.yaml", "a: 1\n");
  const disk = diskIn(folder);
  for (const name of ["compose.override.yaml", ".git/compose.yaml", ".git/config"]) {
    expect(disk.read(`${folder.path}/ws/${name}`), name).toBeUndefined();
    expect(disk.faults().get(`${folder.path}/ws/${name}`), name).toEqual({ kind: "git internals" });
  }
});

it("a submodule and a nested clone may use what lies in the work tree around them", () => {
  const folder = neighbours(true);
  folder.git("init", "--quiet", "ws/apps/shop");
  const disk = diskIn(folder);
  expect(disk.reaches(`${folder.path}/ws/apps/shop/compose.yaml`, `${folder.path}/ws/lib/base.yaml`)).toBe(true);
  const below = createDisk().within({ cwd: `${folder.path}/ws/apps/shop` });
  expect(below.reaches(`${folder.path}/ws/apps/shop/compose.yaml`, `${folder.path}/ws/lib/base.yaml`)).toBe(true);
});

it("two work trees in a folder without git are none of each other's business", () => {
  const folder = neighbours(true);
  folder.git("init", "--quiet", "next-door");
  symlinkSync("../next-door/x.yaml", `${folder.path}/ws/evil.yaml`);
  const disk = createDisk().within({ cwd: folder.path });
  expect(disk.read(`${folder.path}/next-door/x.yaml`)).toBe(NEXT_DOOR);
  expect(disk.read(`${folder.path}/ws/evil.yaml`)).toBeUndefined();
  expect(disk.reaches(`${folder.path}/ws/compose.yaml`, `${folder.path}/next-door/x.yaml`)).toBe(false);
});

it("a package that is linked into node_modules is read within the installation that holds it, and no further", () => {
  const folder = createFolder({
    "ws/compose.yaml": "services: {}\n",
    "tools/node_modules/.pnpm/ranges@1.0.0/node_modules/@acme/ranges/forbidden-ranges.yaml": "version: 1\n",
    "tools/node_modules/.pnpm/ranges@1.0.0/node_modules/@acme/ranges/vpn.txt": "10.1.0.0/16\n",
    "far/list.txt": "10.2.0.0/16\n",
  });
  mkdirSync(`${folder.path}/tools/node_modules/@acme`);
  const store = "../.pnpm/ranges@1.0.0/node_modules/@acme/ranges";
  symlinkSync(store, `${folder.path}/tools/node_modules/@acme/ranges`);
  symlinkSync("../../../far", `${folder.path}/tools/node_modules/@acme/far`);
  const ranges = `${folder.path}/tools/node_modules/@acme/ranges/forbidden-ranges.yaml`;
  const disk = createDisk().within({ cwd: `${folder.path}/ws`, ranges });
  expect(disk.read(ranges)).toBe("version: 1\n");
  const [own, far] = ["ranges/vpn.txt", "far/list.txt"].map(
    (name) => `${folder.path}/tools/node_modules/@acme/${name}`,
  );
  for (const path of [own ?? "", far ?? ""]) expect(disk.reaches(ranges, path)).toBe(true);
  expect(disk.read(own ?? "")).toBe("10.1.0.0/16\n");
  expect(disk.read(far ?? "")).toBeUndefined();
  expect(disk.faults().get(far ?? "")?.kind).toBe("outside");
});

it("two names of one file have one identity, and a link says so", () => {
  const folder = neighbours(false);
  symlinkSync("lib/base.yaml", `${folder.path}/ws/link.yaml`);
  const disk = diskIn(folder);
  const [target, link] = ["lib/base.yaml", "link.yaml"].map((name) => disk.resolve(`${folder.path}/ws/${name}`));
  expect(link?.identity).toBe(target?.identity);
  expect([target?.isLink, link?.isLink]).toEqual([false, true]);
  expect(link?.real).toBe(realpathSync(`${folder.path}/ws/lib/base.yaml`));
});

it("a folder in an allowed directory that is a link leads no further than that directory", () => {
  const folder = neighbours(false);
  folder.write("far/z.yaml", NEXT_DOOR);
  symlinkSync("../far", `${folder.path}/next-door/far`);
  symlinkSync("more", `${folder.path}/next-door/same`);
  const disk = diskIn(folder, { allowOutside: [`${folder.path}/next-door`] });
  expect(disk.read(`${folder.path}/next-door/same/y.yaml`)).toBe(NEXT_DOOR);
  expect(disk.read(`${folder.path}/next-door/far/z.yaml`)).toBeUndefined();
  const besidePolicy = diskIn(folder, { ranges: `${folder.path}/next-door/ranges.yaml` });
  expect(besidePolicy.read(`${folder.path}/next-door/far/z.yaml`)).toBeUndefined();
});
