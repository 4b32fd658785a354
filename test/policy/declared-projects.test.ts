import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { declaredProjects } from "../../src/policy/declared-projects.js";
import { textsOfWildcards } from "../../src/policy/wildcard-texts.js";
import { faultsOf, loaded, POLICY } from "./faults-of.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
const GROUPS: Readonly<Record<string, string>> = { "**/": "((?:[^/]+/)*)", "*": "([^/]*)", "?": "([^/])" };

function projectsWith(path: string, ...entries: readonly string[]): readonly (readonly string[])[] {
  const text = `version: 1\nprojects:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`;
  return declaredProjects(loaded({ [POLICY]: text }).projects, path);
}

describe("a declared project", () => {
  it("has its files in the order in which they are written", () => {
    const entry = "[compose.yaml, ./deploy/compose.prod.yaml]";
    const files = ["compose.yaml", "deploy/compose.prod.yaml"];
    for (const file of files) expect(projectsWith(file, entry)).toEqual([files]);
    expect(projectsWith("compose.prod.yaml", entry)).toEqual([]);
  });

  it("may have one file, and a file may be in several", () => {
    expect(projectsWith("compose.yaml", "compose.yaml", "[compose.yaml, b.yaml]", "[c.yaml, compose.yaml]")).toEqual([
      ["compose.yaml"],
      ["compose.yaml", "b.yaml"],
      ["c.yaml", "compose.yaml"],
    ]);
  });

  it("may be one of many, told apart by what the wildcards of its files stand for", () => {
    const entry = "['**/*/compose.yaml', '**/*/deploy/prod.yaml', 'envs/**/*.yaml']";
    const files = ["a/b/shop/compose.yaml", "a/b/shop/deploy/prod.yaml", "envs/a/b/shop.yaml"];
    for (const file of files) expect(projectsWith(file, entry)).toEqual([files]);
    expect(projectsWith("shop/compose.yaml", entry)).toEqual([
      ["shop/compose.yaml", "shop/deploy/prod.yaml", "envs/shop.yaml"],
    ]);
    expect(projectsWith("compose.yaml", entry)).toEqual([]);
  });

  it("takes a name literally but for wildcards", () => {
    expect(projectsWith("apps/[id]/c+1.yaml", "['apps/[id]/c?1.yaml', base-?.yaml]")).toEqual([
      ["apps/[id]/c+1.yaml", "base-+.yaml"],
    ]);
    expect(projectsWith("apps/i/cc1.yaml", "['apps/[id]/c*1.yaml']")).toEqual([]);
  });

  it(`is found by what an expression would find, however its wildcards stand (seed ${seed})`, () => {
    const piece = fc.constantFrom("**/", "*", "?", "a", "b", "/", "a/", ".");
    const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const name = fc
      .array(fc.constantFrom("a", "b", "a/", "b/", "/", "."), { maxLength: 10 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(pattern, name, (glob, path) => {
        const expression = glob.replace(/[^\w/*?]/g, "\\$&").replace(/\*\*\/|\*|\?/g, (sign) => GROUPS[sign] ?? sign);
        const expected = new RegExp(`^${expression}$`).exec(path)?.slice(1);
        expect(textsOfWildcards(glob, path)).toEqual(/[*?]/.test(glob) ? expected : undefined);
      }),
      { seed, numRuns: 5000 },
    );
  });

  it("with many stars still ends", () => {
    const stars = `${"*a".repeat(40)}*b`;
    expect(projectsWith("a".repeat(200), `["${stars}"]`)).toEqual([]);
    expect(projectsWith(`${"a".repeat(200)}b`, `["${stars}"]`)).toEqual([[`${"a".repeat(200)}b`]]);
    expect(projectsWith(`${"a/".repeat(100)}compose.yaml`, `["${"**/".repeat(40)}x.yaml"]`)).toEqual([]);
  });

  it("has the same wildcards in all of its files", () => {
    expect(faultsOf("version: 1\nprojects:\n  - [apps/*/compose.yaml, prod.yaml]\n")).toEqual([
      '3:27-3:36 the wildcards of "prod.yaml" are not those of "apps/*/compose.yaml"; in one project they match the same text in every file',
    ]);
  });

  it.each([
    [
      "[/srv/compose.yaml]",
      '3:6-3:23 "/srv/compose.yaml" is absolute; write the path from the directory of the policy file',
    ],
    ["[]", "3:5-3:7 the list is empty; write an entry, or remove the key"],
    ["{ files: [a.yaml] }", "3:5-3:24 expected a path or a glob or a list of them, found a map"],
  ])("is no %s", (entry, fault) => {
    expect(faultsOf(`version: 1\nprojects:\n  - ${entry}\n`)).toEqual([fault]);
  });
});

describe("what a policy says of how files are run", () => {
  it("is joined from all files that it extends, but for the version of Compose", () => {
    const policy = loaded({
      [POLICY]: "version: 1\nextends: [company.yaml]\nprojects: [a.yaml]\nstacks: [swarm/*.yaml]\ncompose: 5\n",
      "company.yaml": 'version: 1\nprojects: [[b.yaml, c.yaml]]\nstacks: [stack.yaml]\ncompose: "2.26"\n',
    });
    expect(policy.projects.map(({ files }) => files.map(({ path }) => path))).toEqual([
      ["a.yaml"],
      ["b.yaml", "c.yaml"],
    ]);
    expect(policy.stacks).toEqual(["swarm/*.yaml", "stack.yaml"]);
    expect(policy.compose).toBe("5");
  });

  it.each([
    ["2.40", "2.40"],
    ['"2.40"', "2.40"],
    ["2.26", "2.26"],
    ["5", "5"],
  ])("knows the version %s, as a number or a text", (written, version) => {
    expect(loaded({ [POLICY]: `version: 1\ncompose: ${written}\n` }).compose).toBe(version);
  });

  it.each([
    ["2.4", "2:10-2:13 expected one of 2.26, 2.40, 5, found 2.4, which is a number"],
    ['"3"', '2:10-2:13 expected one of 2.26, 2.40, 5, found "3", which is text'],
    ["[5]", "2:10-2:13 expected one of 2.26, 2.40, 5, found a list"],
  ])("knows no version %s", (written, fault) => {
    expect(faultsOf(`version: 1\ncompose: ${written}\n`)).toEqual([fault]);
  });
});
