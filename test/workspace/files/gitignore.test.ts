import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { listFiles } from "../../../src/workspace/files/list-files.js";
import { among, NOTHING_IGNORED } from "../../../src/workspace/files/found-files.js";
import { readIgnoreList } from "../../../src/workspace/files/gitignore.js";
import { createFolder, type Folder } from "../folder.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
const TEXT = "services: {}\n";

/** A `.gitignore` can't be kept from reading itself, so the trees hold nothing else that a pattern is about. */
const PATHS = [
  "a.yaml",
  "ab.yaml",
  "a b.yaml",
  "b/a.yaml",
  "b/ab.yaml",
  "b/a/b.yaml",
  "b/a/a/b.yaml",
  "a/b/a.yaml",
  "a/a/a/a.yaml",
  "[a]/b.yaml",
  "a*/b.yaml",
  "!a/b.yaml",
  "#a/b.yaml",
  ".a/b.yaml",
  "A/B.yaml",
];

function listed(folder: Folder): readonly string[] {
  return among(listFiles(folder.path), () => true, NOTHING_IGNORED).files.map((path) =>
    path.slice(folder.path.length + 1),
  );
}

describe("the files that a .gitignore leaves out", () => {
  const pieces = [
    "a",
    "b",
    "ab",
    "*",
    "**",
    "?",
    "/",
    "/",
    "**/",
    "/**",
    "[ab]",
    "[!a]",
    "[a-b]",
    "[[:alpha:]]",
    "[]a]",
  ];
  const rarer = [
    "\\",
    "\\/",
    "\\*",
    "\\[",
    "!",
    "#",
    " ",
    "\\ ",
    ".yaml",
    "*.yaml",
    "A",
    "[",
    "[^[:upper:]]",
    "[a-",
    "-",
    "]",
  ];
  const line = fc
    .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...pieces) }, fc.constantFrom(...rarer)), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join(""));
  const text = fc.tuple(fc.boolean(), fc.array(line, { minLength: 1, maxLength: 5 })).map(([isWindows, lines]) => {
    return lines.map((one) => `${one}${isWindows ? "\r\n" : "\n"}`).join("");
  });

  it(`are those that git leaves out, whatever its lines are made of (seed ${seed})`, () => {
    console.info(`gitignore.test.ts: seed ${seed}`);
    const files = Object.fromEntries(PATHS.map((path) => [path, TEXT]));
    const [walked, asked] = [createFolder(files), createFolder(files)];
    asked.git("init");
    fc.assert(
      fc.property(text, text, (top, nested) => {
        for (const folder of [walked, asked]) {
          folder.write(".gitignore", top);
          folder.write("b/.gitignore", nested);
        }
        expect(listed(walked)).toEqual(listed(asked));
      }),
      { seed, numRuns: 250 },
    );
  });

  it.each([
    ["stars", `${"*a".repeat(60)}b`, "a".repeat(250)],
    ["stars and classes", `${"*[ab]".repeat(60)}c`, "a".repeat(250)],
    ["folders of any number", `${"**/a/".repeat(60)}b`, "a/".repeat(500)],
  ])("take no longer than pattern times path where a pattern of many %s fits nearly", (_, pattern, path) => {
    // Each way to lay the pattern over the path is tried by an expression that goes back: more than there are atoms.
    expect(readIgnoreList(pattern)(path, false)).toBe(undefined);
  });
});
