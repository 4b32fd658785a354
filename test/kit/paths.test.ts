import { describe, expect, it } from "vitest";
import { directoryOf, isWithin, joinPath, normalizePath, relativeTo } from "../../src/kit/paths.js";

describe("a path", () => {
  it.each([
    ["./a/../b//c.yaml", "b/c.yaml"],
    ["../../a", "../../a"],
    ["a/../../b", "../b"],
    ["/a/../../b", "/b"],
    ["C:/a/./b/../c", "C:/a/c"],
    ["//server/share/./x", "//server/share/x"],
    [".", ""],
    ["/srv/.env.d/..b/c...yaml", "/srv/.env.d/..b/c...yaml"],
    ["/srv/a/", "/srv/a"],
    ["/", "/"],
    ["", ""],
  ])("%j is normalized to %j", (path, normalized) => {
    expect(normalizePath(path)).toBe(normalized);
  });

  it.each([
    ["apps/shop", "../base.yaml", "apps/base.yaml"],
    ["", "./a.txt", "a.txt"],
    ["apps", "/etc/a.txt", "/etc/a.txt"],
    ["C:/srv", "a.txt", "C:/srv/a.txt"],
    ["C:/srv", "D:/a.txt", "D:/a.txt"],
    ["/", "a.txt", "/a.txt"],
  ])("from %j, %j is %j", (directory, path, joined) => {
    expect(joinPath(directory, path)).toBe(joined);
  });

  it.each([
    ["a/b.yaml", "a"],
    ["b.yaml", ""],
    ["/b.yaml", "/"],
    ["C:/b.yaml", "C:/"],
    ["/a/b.yaml", "/a"],
  ])("%j lies in the directory %j", (path, directory) => {
    expect(directoryOf(path)).toBe(directory);
  });

  it.each([
    ["a/b.yaml", "", true],
    ["../b.yaml", "", false],
    ["..b.yaml", "", true],
    ["/a/b.yaml", "", false],
    ["/a/b.yaml", "/", true],
    ["/ab/c.yaml", "/a", false],
    ["/a/c.yaml", "/a", true],
    ["a", "a", true],
  ])("%j within %j: %j", (path, directory, within) => {
    expect(isWithin(path, directory)).toBe(within);
  });

  it.each([
    ["/srv/app", "/srv/app", ""],
    ["/srv/app", "/srv/app/a/b.yaml", "a/b.yaml"],
    ["/srv/app", "/srv/apple/b.yaml", "../apple/b.yaml"],
    ["/srv/app/x", "/srv", "../.."],
    ["/", "/srv/b.yaml", "srv/b.yaml"],
    ["/srv", "/", ".."],
    ["C:/srv/app", "c:/srv/b.yaml", "../b.yaml"],
    ["C:/srv", "D:/b.yaml", "D:/b.yaml"],
    ["//server/share/a", "//server/share/b", "../b"],
  ])("the way from %j to %j is %j", (from, to, way) => {
    expect(relativeTo(from, to)).toBe(way);
  });
});
