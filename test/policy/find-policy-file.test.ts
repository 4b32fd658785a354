import { describe, expect, it } from "vitest";
import { findPolicyFile } from "../../src/policy/find-policy-file.js";

/** Every path that is asked for, in order, when none of them exists. */
function asked(composeFile: string, top: string): string[] {
  const paths: string[] = [];
  findPolicyFile(composeFile, top, (path) => {
    paths.push(path);
    return false;
  });
  return paths;
}

const namesIn = (directory: string): string[] =>
  ["yaml", "yml", "json"].map((ending) => `${directory}forbidden-ranges.${ending}`);

describe("the policy file of a compose file", () => {
  it("is looked for from its directory up to the working directory", () => {
    expect(asked("apps/shop/compose.yaml", ".")).toEqual([
      ...namesIn("apps/shop/"),
      ...namesIn("apps/"),
      ...namesIn(""),
    ]);
  });

  it("is looked for in the same way by absolute paths", () => {
    expect(asked("/srv/apps/compose.yaml", "/srv")).toEqual([...namesIn("/srv/apps/"), ...namesIn("/srv/")]);
    expect(asked("C:/srv/compose.yaml", "C:/srv/")).toEqual(namesIn("C:/srv/"));
    expect(asked("/a/compose.yaml", "/")).toEqual([...namesIn("/a/"), ...namesIn("/")]);
  });

  it.each([
    ["../other/compose.yaml", "", ""],
    ["/other/compose.yaml", "/srv", "/srv/"],
    ["/workshop/compose.yaml", "/srv", "/srv/"],
  ])("is looked for only in the working directory when %s lies outside", (composeFile, top, directory) => {
    expect(asked(composeFile, top)).toEqual(namesIn(directory));
  });

  it("is the nearest one", () => {
    const files = ["forbidden-ranges.yaml", "apps/forbidden-ranges.json"];
    expect(findPolicyFile("./apps/shop/compose.yaml", "", (path) => files.includes(path))).toBe(files[1]);
  });

  it("may be missing", () => {
    expect(findPolicyFile("compose.yaml", "", () => false)).toBeUndefined();
  });
});
