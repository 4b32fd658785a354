import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync, statSync, symlinkSync } from "node:fs";

import { expect, it } from "vitest";

import { replaceFile, replaceFiles } from "../../../src/cli/files/write-fixed.js";
import { folderWith } from "../command.js";

it("replaces a file that still holds what was read", () => {
  const folder = folderWith({ "compose.yaml": "before\n" });
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n").ok).toBe(true);
  expect(folder.text("compose.yaml")).toBe("after\n");
});

it("leaves a file alone that somebody else wrote to in the meantime, and says so", () => {
  const folder = folderWith({ "compose.yaml": "theirs\n" });
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n")).toEqual({
    ok: false,
    fault: "it changed on the disk while it was checked, so it was not written; run again",
  });
  expect(folder.text("compose.yaml")).toBe("theirs\n");
  expect(readdirSync(folder.path)).toEqual(["compose.yaml"]);
});

it("writes nothing where a link leads elsewhere since the file was judged, even to the same text", () => {
  const folder = folderWith({ "checkout/shop/compose.yaml": "before\n", "outside/compose.yaml": "before\n" });
  const judged = folder.at("checkout/shop/compose.yaml");
  expect(replaceFile(judged, Buffer.from("before\n"), "between\n", judged).ok).toBe(true);
  rmSync(folder.at("checkout/shop"), { recursive: true });
  symlinkSync("../outside", folder.at("checkout/shop"));
  expect(replaceFile(judged, Buffer.from("before\n"), "after\n", judged)).toEqual({
    ok: false,
    fault: "another file took its place; run again",
  });
  expect(folder.text("outside/compose.yaml")).toBe("before\n");
});

it("tells bytes apart that look the same as text", () => {
  const folder = folderWith({ "compose.yaml": Buffer.from([0x61, 0xff]) });
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from([0x61, 0xfe]), "after\n").ok).toBe(false);
  expect(folder.read("compose.yaml")).toEqual(Buffer.from([0x61, 0xff]));
});

it("does not bring back a file that was deleted in the meantime", () => {
  const folder = folderWith();
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n")).toEqual({
    ok: false,
    fault: "it can't be written (ENOENT)",
  });
  expect(existsSync(folder.at("compose.yaml"))).toBe(false);
});

it.skipIf(process.platform === "win32").each([0o600, 0o640, 0o444 | 0o200, 0o755])(
  "keeps the permissions %o of a file",
  (mode) => {
    const folder = folderWith();
    folder.write("compose.yaml", "before\n", mode);
    expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n").ok).toBe(true);
    expect(statSync(folder.at("compose.yaml")).mode & 0o7777).toBe(mode);
  },
);

it.skipIf(process.platform === "win32")("writes the file that a link names, and the link stays one", () => {
  const folder = folderWith({ "apps/compose.yaml": "before\n" });
  symlinkSync("apps/compose.yaml", folder.at("compose.yaml"));
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n").ok).toBe(true);
  expect(lstatSync(folder.at("compose.yaml")).isSymbolicLink()).toBe(true);
  expect(folder.text("apps/compose.yaml")).toBe("after\n");
  expect(readdirSync(folder.at("apps"))).toEqual(["compose.yaml"]);
});

it("writes a file whose name leaves no room for a longer one", () => {
  const name = `${"a".repeat(250)}.yaml`;
  const folder = folderWith({ [name]: "before\n" });
  expect(replaceFile(folder.at(name), Buffer.from("before\n"), "after\n").ok).toBe(true);
  expect(folder.text(name)).toBe("after\n");
});

it("gives files back their old text, and takes new files and folders away, when one can't be written", () => {
  const folder = folderWith({ "compose.yaml": "before\n", taken: "a file\n" });
  const before = { bytes: Buffer.from("before\n") };
  const files = [
    { path: folder.at("compose.yaml"), name: "compose.yaml", before, after: "after\n" },
    { path: folder.at("new/deep/file"), name: "new/deep/file", before: undefined, after: "new\n" },
    { path: folder.at("taken"), name: "taken", before: undefined, after: "new\n" },
  ];
  expect(replaceFiles(files)).toEqual({
    ok: false,
    fault: "taken: it can't be written (EEXIST); nothing is changed",
  });
  expect(readdirSync(folder.path).sort()).toEqual(["compose.yaml", "taken"]);
  expect(folder.text("compose.yaml")).toBe("before\n");
  expect(folder.text("taken")).toBe("a file\n");
});

it.skipIf(process.platform === "win32")("takes back what it made below a folder that is a link", () => {
  const folder = folderWith({ "real/kept": "", taken: "a file\n" });
  symlinkSync("real", folder.at("link"));
  const files = ["link/new/deep/file", "taken"].map((name) => ({
    path: folder.at(name),
    name,
    before: undefined,
    after: "new\n",
  }));
  expect(replaceFiles(files.slice(0, 1)).ok).toBe(true);
  expect(folder.text("real/new/deep/file")).toBe("new\n");
  folder.remove("real/new/deep/file");
  rmdirSync(folder.at("real/new/deep"));
  expect(replaceFiles(files).ok).toBe(false);
  expect(readdirSync(folder.at("real")).sort()).toEqual(["kept", "new"]);
  expect(readdirSync(folder.at("real/new"))).toEqual([]);
});
