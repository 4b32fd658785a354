import { describe, expect, it } from "vitest";
import { formatRange } from "../../src/ipam/range.js";
import { BUILTIN_NAMES, builtinNetworks, builtinRanges } from "../../src/policy/builtin-lists.js";

describe("built-in lists", () => {
  it.each(BUILTIN_NAMES)("%s holds networks that can be read, each with a name and a source", (name) => {
    const networks = builtinNetworks(name);
    const ranges = builtinRanges(name);
    expect(networks).not.toEqual([]);
    expect(ranges.map((range) => range.ranges.map(formatRange))).toEqual(networks.map(({ network }) => [network]));
    for (const range of ranges) {
      expect(range.name).toMatch(/\S/);
      expect(range.source).toMatch(/\S/);
      expect(range).toMatchObject({ severity: "error", location: { file: `builtin:${name}` } });
    }
  });

  it("know nothing by another name", () => {
    expect(builtinRanges("constructor")).toEqual([]);
  });
});
