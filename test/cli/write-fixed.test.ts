import { existsSync, readdirSync } from "node:fs";

import { expect, it } from "vitest";

import { replaceFile } from "../../src/cli/write-fixed.js";
import { folderWith } from "./command.js";

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

it("leaves somebody else's file with the temporary name where it is", () => {
  const temporary = `.compose.yaml.${process.pid}.tmp`;
  const folder = folderWith({ "compose.yaml": "before\n", [temporary]: "theirs\n" });
  expect(replaceFile(folder.at("compose.yaml"), Buffer.from("before\n"), "after\n")).toMatchObject({ ok: false });
  expect(folder.text(temporary)).toBe("theirs\n");
  expect(folder.text("compose.yaml")).toBe("before\n");
});
