import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { HELP } from "../../src/cli/arguments/help.js";
import { IMPORTERS } from "../../src/import/importers.js";
import { folderWith, officeVpn, run } from "./command.js";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

/** The fenced blocks of the page that hold a text. */
function blocksWith(text: string): string[] {
  return [...page.matchAll(/^```\w*\n([^]*?)^```$/gm)]
    .map(([, block = ""]) => block)
    .filter((block) => block.includes(text));
}

describe("docs/cli.md", () => {
  it("shows the report that the example project gets", () => {
    const [report = ""] = blocksWith("checked 1 file");
    const [card = "", summary = ""] = report.split("\n\n");
    expect(card).not.toBe("");
    const { stdout } = run(officeVpn(), []);
    expect(stdout).toContain(`\n${card}\n`);
    expect(stdout.endsWith(`\n${summary}`)).toBe(true);
  });

  it("shows the list that the example project gets", () => {
    expect(run(officeVpn(), ["list"]).stdout).toBe(blocksWith("listed 1 project")[0]);
  });

  it("shows what is left of the example project's pools", () => {
    expect(run(officeVpn(), ["free"]).stdout).toBe(blocksWith("free subnets shown")[0]);
  });

  it("shows the map of the example project", () => {
    expect(run(officeVpn(), ["map"]).stdout).toBe(blocksWith("drawn: ")[0]);
  });

  it("shows what there is to know of a block", () => {
    expect(run(officeVpn(), ["explain", "172.18.0.0/16"]).stdout).toBe(blocksWith("  next free  ")[0]);
  });

  it("shows the shape of the JSON reports", () => {
    const keysOf = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.slice(0, 1).map(keysOf)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, keysOf(below)]))
          : "";
    for (const [args, sign] of [
      [["--format", "json"], '"findings"'],
      [["list", "--format", "json"], '"projects": ['],
    ] as const) {
      const [block = ""] = blocksWith(sign);
      expect(keysOf(JSON.parse(block))).toEqual(keysOf(JSON.parse(run(officeVpn(), args).stdout)));
    }
  });

  it("shows what the import of its example prints", () => {
    const [input = ""] = blocksWith("[Interface]");
    expect(run(folderWith(), ["import"], { input }).stdout).toBe(blocksWith("# Imported by")[0]);
  });

  it("names every kind of import", () => {
    expect([...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, kind]) => kind)).toEqual(
      expect.arrayContaining(IMPORTERS.map(({ kind }) => kind)),
    );
  });

  it("names every option that --help names, and no other", () => {
    const optionsIn = (text: string): string[] => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))].sort();
    expect(optionsIn(page)).toEqual(optionsIn(HELP));
  });
});

describe("README.md", () => {
  it("shows what the example project gets, from the top of the repository", () => {
    const top = new URL("../../", import.meta.url);
    const readme = readFileSync(new URL("README.md", top), "utf8");
    const [, picture] = /^\$ npx compose-networks@\S+ fixtures\/office-vpn\n([^]*?)^```$/m.exec(readme) ?? [];
    expect(run({ path: fileURLToPath(top) }, ["fixtures/office-vpn"]).stdout).toBe(picture);
  });
});
