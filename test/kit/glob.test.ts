import { describe, expect, it } from "vitest";
import { matchesGlob } from "../../src/kit/glob.js";

describe("a glob", () => {
  it.each([
    ["legacy/compose.yaml", "legacy/compose.yaml"],
    ["legacy/*.yaml", "legacy/compose.yaml"],
    ["legacy/*", "legacy/compose.yaml"],
    ["**", "a/b/compose.yaml"],
    ["**/compose.yaml", "compose.yaml"],
    ["**/compose.yaml", "a/b/compose.yaml"],
    ["apps/**/compose.*", "apps/compose.yml"],
    ["apps/**/prod/**/compose.yaml", "apps/a/prod/b/prod/c/compose.yaml"],
    ["compose.y?ml", "compose.yaml"],
    ["*a*b*", "xxaxxbxx"],
    ["pages/[id]/compose.yaml", "pages/[id]/compose.yaml"],
    ["../x/compose.yaml", "../x/compose.yaml"],
    ["data/**", "data"],
    ["a/**/b", "a/b"],
    ["**", ""],
    ["a**/b", "aa/b"],
    ["**a", "ba"],
    ["a/**b", "a/b"],
  ])("%s fits %s", (pattern, path) => {
    expect(matchesGlob(pattern, path)).toBe(true);
  });

  it.each([
    ["legacy/compose.yaml", "apps/legacy/compose.yaml"],
    ["*.yaml", "legacy/compose.yaml"],
    ["legacy/*", "legacy/a/compose.yaml"],
    ["compose.y?ml", "compose.yml"],
    ["**/prod/compose.yaml", "prod/a/compose.yaml"],
    ["compose.yaml", "composeXyaml"],
    ["pages/[id]/compose.yaml", "pages/i/compose.yaml"],
    ["a/**/b", "a"],
    ["data/**", "database"],
    ["**/b", "ab"],
    ["a**/b", "a/c/b"],
    ["a*a", "a"],
    ["", "compose.yaml"],
  ])("%s does not fit %s", (pattern, path) => {
    expect(matchesGlob(pattern, path)).toBe(false);
  });

  it("with many stars still ends", () => {
    expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(2000))).toBe(false);
  });
});
