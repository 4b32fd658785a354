import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

/**
 * Who may read a text as an address or a prefix, and which texts those are. The fields of a compose file are parsed where
 * the project is built: whatever lies above asks the model.
 */
const READERS: Readonly<Record<string, string>> = {
  "src/ipam/": "addresses themselves",
  "src/compose/read/shown.ts": "whether a text may be shown",
  "src/compose/load/": "what an override file does to pools",
  "src/compose/project/": "the fields of a compose file",
  "src/daemon/": "the daemon's own file",
  "src/policy/": "the policy file",
  "src/import/": "routing tables and the like",
  "src/lint/options.ts": "the options of rules",
  "src/cli/arguments/": "the command line",
  "src/host/": "what a host says of itself",
  "src/map/": "the networks that other repositories list",
  "src/cli/commands/doctor/": "what the programs of a host print",
};

/** What looks into the values of a file. */
const WALKING = /\b(?:child|asMap|asList|asScalar|readText|readBoolean|textIn|textsIn)\b/;

const PARSING = /\bparse(?:Address|Prefix|Range)\b/;

function read(file: string): string {
  return readFileSync(file, "utf8");
}

describe("the fields of a compose file", () => {
  const files = ["src", "rules"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
  const parsing = files.filter((file) => PARSING.test(read(file)));

  it("are parsed where the project is built, and nowhere above", () => {
    expect(parsing.filter((file) => !Object.keys(READERS).some((reader) => file.startsWith(reader)))).toEqual([]);
  });

  it.each(Object.entries(READERS))("are not the only texts: %s reads %s", (reader) => {
    expect(parsing.some((file) => file.startsWith(reader))).toBe(true);
  });

  it("are looked for in YAML by no judge of the engine", () => {
    const walking = files.filter((file) => file.startsWith("src/compose/engine/") && WALKING.test(read(file)));
    expect(walking).toEqual([]);
  });
});
