import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUILTIN_NAMES, builtinNetworks } from "../../src/policy/builtin-lists.js";
import { forbiddenRangesSchema } from "../../src/policy/schema/json-schema.js";
import { isRecord } from "./schema/draft-07.js";
import { faultsOf } from "./faults-of.js";

const page = readFileSync(new URL("../../docs/forbidden-ranges.md", import.meta.url), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, name]) => name === language).map(([, , text = ""]) => text);

/** The first column of every table, without its code marks. */
const firstCells = [...page.matchAll(/^\| `([^`]+)` +\|(.*)\|$/gm)].map(([, cell = ""]) => cell);

describe("the page about the forbidden-ranges file", () => {
  it.each(blocks("yaml"))("has an example that loads: %s", (text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it("has a plain list that loads", () => {
    const [list = ""] = blocks("text");
    expect(faultsOf(list, {}, "routes.txt")).toEqual([]);
  });

  it("names every key", () => {
    expect(firstCells).toEqual(
      expect.arrayContaining(keysOf(forbiddenRangesSchema()).filter((key) => !/^(base|size)$/.test(key))),
    );
  });

  it.each(BUILTIN_NAMES)("lists the networks of builtin:%s", (name) => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` `));
    const networks = builtinNetworks(name).map(({ network }) => network);
    expect(row?.split("|")[2]?.trim()).toBe(networks.join(", "));
  });
});

function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  if (!isRecord(schema)) return [];
  const { properties, items, anyOf } = schema;
  const own = isRecord(properties) ? Object.keys(properties) : [];
  const below = isRecord(properties) ? Object.values(properties) : [];
  return [...own, ...[...below, items, anyOf].flatMap(keysOf)];
}
