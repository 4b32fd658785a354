import { spawnSync } from "node:child_process";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { unifiedDiff } from "../../../src/cli/reports/diff.js";
import { holds, seed } from "../../ipam/property.js";
import { folderWith, git } from "../command.js";

const numbers = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");

describe("a unified diff", () => {
  it("is empty for equal texts", () => {
    expect(unifiedDiff("a", "x\ny\n", "x\ny\n")).toBe("");
    expect(unifiedDiff("a", "", "")).toBe("");
  });

  it("shows three lines around a change", () => {
    expect(unifiedDiff("a/b.yaml", numbers(1, 9), numbers(1, 4) + "new\n" + numbers(5, 9))).toBe(
      "--- a/a/b.yaml\n+++ b/a/b.yaml\n@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+new\n 5\n 6\n 7\n",
    );
  });

  it("puts changes that are near each other into one hunk, and others into their own", () => {
    const before = numbers(1, 30);
    const near = before.replace("10\n", "ten\n").replace("17\n", "seventeen\n");
    const far = before.replace("10\n", "ten\n").replace("18\n", "eighteen\n");
    expect(unifiedDiff("a", before, near).match(/^@@.*/gm)).toEqual(["@@ -7,14 +7,14 @@"]);
    expect(unifiedDiff("a", before, far).match(/^@@.*/gm)).toEqual(["@@ -7,7 +7,7 @@", "@@ -15,7 +15,7 @@"]);
  });

  it("says where the last line has no end", () => {
    expect(unifiedDiff("a", "x", "x\n")).toBe(
      "--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n",
    );
  });

  it("names an empty range by the line before it", () => {
    expect(unifiedDiff("a", "", "x\n")).toContain("@@ -0,0 +1,1 @@\n+x\n");
    expect(unifiedDiff("a", "x\n", "")).toContain("@@ -1,1 +0,0 @@\n-x\n");
  });

  it("keeps CRLF and byte order marks", () => {
    expect(unifiedDiff("a", "\uFEFFx\r\ny\r\n", "\uFEFFx\r\nz\r\n")).toContain(" \uFEFFx\r\n-y\r\n+z\r\n");
  });

  it("quotes unusual names as git does", () => {
    expect(unifiedDiff("a b", "x\n", "y\n")).toMatch(/^--- a\/a b\t\n\+\+\+ b\/a b\t\n/);
    expect(unifiedDiff('a"\u001b', "x\n", "y\n")).toMatch(/^--- "a\/a\\"\\033"\n/);
  });

  it("does not change more lines than it must", () => {
    const before = numbers(1, 2000);
    const after = before.replace("\n500\n", "\n500\nnew\n").replace("\n1500\n", "\n");
    expect(unifiedDiff("a", before, after).match(/^[+-](?![+-])/gm)).toEqual(["+", "-"]);
  });
});

describe("git apply", () => {
  it(`makes the new text out of the old one and the diff (seed ${seed})`, () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d\r", ""), { maxLength: 25 })
      .chain((lines) => fc.constantFrom("", "\n").map((end) => lines.join("\n") + (lines.length > 0 ? end : "")));
    const folder = folderWith();
    git(folder, "init", "--quiet");
    holds(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff("stack.yaml", before, after);
        expect(diff === "").toBe(before === after);
        if (diff === "" || before === "" || after === "") return;
        folder.write("stack.yaml", before);
        const { stderr } = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], {
          cwd: folder.path,
          input: diff,
          encoding: "utf8",
        });
        expect(stderr).toBe("");
        expect(folder.text("stack.yaml")).toBe(after);
      }),
      60,
    );
  });
});
