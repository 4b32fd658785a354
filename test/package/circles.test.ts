import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import { describe, expect, it } from "vitest";

/** What every file imports, types too, among the files themselves. */
type Imports = ReadonlyMap<string, readonly string[]>;

function importsOf(file: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName).replace(/\.js$/, ".ts"));
}

/** The shortest way from a file back to itself. */
function circleFrom(start: string, imports: Imports): string[] | undefined {
  const ways: (readonly [string, ...string[]])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of imports.get(way[0]) ?? []) {
      if (next === start) return [start, ...way].reverse();
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([next, ...way]);
    }
  }
  return undefined;
}

/** One circle for every file that is in one, each circle once. */
function circlesIn(imports: Imports): string[] {
  const circles = new Map<string, string>();
  for (const file of imports.keys()) {
    const circle = circleFrom(file, imports);
    if (circle) circles.set([...new Set(circle)].sort().join(), circle.join(" → "));
  }
  return [...circles.values()];
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.posix.join(folder, name.replaceAll("\\", "/")));
}

describe("imports", () => {
  const files = ["src", "rules"].flatMap((folder) => filesIn(folder));

  it("go in no circle, not even for a type", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(circlesIn(new Map(files.map((file) => [file, importsOf(file, readFileSync(file, "utf8"))])))).toEqual([]);
  });

  it("of values, of types, of exports and at run time are all looked at", () => {
    const text =
      'import { a } from "./a.js";\nimport type { B } from "../b.js";\nexport { c } from "./c.js";\nexport type { D } from "./d.js";\nexport const later = () => import("./e.js");\nimport "yaml";\nexport const made = a as B;\n';
    expect(importsOf("src/kit/made.ts", text)).toEqual([
      "src/kit/a.ts",
      "src/b.ts",
      "src/kit/c.ts",
      "src/kit/d.ts",
      "src/kit/e.ts",
    ]);
  });

  it("that go in circles are told as the way that they go", () => {
    const imports = new Map([
      ["a.ts", ["b.ts", "d.ts"]],
      ["b.ts", ["c.ts"]],
      ["c.ts", ["a.ts"]],
      ["d.ts", []],
      ["e.ts", ["e.ts"]],
    ]);
    expect(circlesIn(imports)).toEqual(["c.ts → a.ts → b.ts → c.ts", "e.ts → e.ts"]);
  });
});
