import { describe, expect, it } from "vitest";

import { isLeftOut } from "../../src/policy/ignored.js";
import { loadPolicy } from "../../src/policy/load-policy.js";
import { faultsOf } from "./faults-of.js";

function ignoreOf(files: Readonly<Record<string, string>>): readonly string[] {
  const policy = loadPolicy("forbidden-ranges.yaml", { read: (path) => files[path] });
  if (!policy.ok) throw new Error(JSON.stringify(policy.fault));
  return policy.value.ignore;
}

describe("an entry of ignore", () => {
  it.each(["data", "data/", "./data", "data/**"])("%s names a folder and all that is in it", (entry) => {
    const ignore = ignoreOf({ "forbidden-ranges.yaml": `version: 1\nignore: ["${entry}"]\n` });
    const leftOut = (path: string): boolean => isLeftOut({ ignore }, path);
    expect(["data", "data/compose.yaml", "data/a/b/compose.yaml"].filter(leftOut)).toHaveLength(3);
    expect(["database", "apps/data", "apps/data/compose.yaml", "compose.yaml", "."].filter(leftOut)).toEqual([]);
  });

  it("names what lies in a folder, and not the folder, where a star says so", () => {
    const ignore = ["apps/*/old", "*.dev.yaml", "**/fixtures"];
    const paths = ["apps/a", "apps/a/old", "apps/a/old/c.yaml", "x.dev.yaml", "a/x.dev.yaml", "a/b/fixtures/c.yaml"];
    expect(paths.filter((path) => isLeftOut({ ignore }, path))).toEqual([
      "apps/a/old",
      "apps/a/old/c.yaml",
      "x.dev.yaml",
      "a/b/fixtures/c.yaml",
    ]);
  });

  it("never names the folder of the policy or one above it", () => {
    expect([".", "..", "../.."].filter((path) => isLeftOut({ ignore: ["**"] }, path))).toEqual([]);
  });

  it("is joined with those of the files that the policy extends", () => {
    const files = {
      "forbidden-ranges.yaml": "version: 1\nextends: [shared/company.yaml]\nignore: [templates/**]\n",
      "shared/company.yaml": "version: 1\nignore: [vendor/]\n",
    };
    expect(ignoreOf(files)).toEqual(["templates/**", "vendor"]);
  });

  it.each([
    ["/srv", '2:10-2:14 "/srv" is absolute; write the path from the directory of the policy file'],
    ['"a\\\\b"', '2:10-2:16 "a\\b": folders are separated by "/"; did you mean "a/b"?'],
    ['" "', "2:10-2:13 the path is empty; write one"],
  ])("is not %s", (entry, fault) => {
    expect(faultsOf(`version: 1\nignore: [${entry}]\n`)).toEqual([fault]);
  });
});
