import { describe, expect, it } from "vitest";
import { formatRange } from "../../src/ipam/range.js";
import { readPlainList } from "../../src/policy/plain-list.js";
import { formatLocation } from "../../src/policy/source-text.js";

const summary = (text: string): string[] => {
  const { forbidden, faults } = readPlainList("routes.txt", text);
  expect(faults).toEqual([]);
  return [...forbidden].map(
    ({ ranges, name, location }) => `${formatLocation(location)} ${ranges.map(formatRange).join()} ${name ?? "-"}`,
  );
};

describe("a plain list", () => {
  it("has a block, a range or an address a line, with its name behind", () => {
    expect(summary("10.0.0.0/8 # office\n10.9.0.1-10.9.0.9\n192.168.7.1#printer\nfd00::/8 #\n")).toEqual([
      "routes.txt:1:1 10.0.0.0/8 office",
      "routes.txt:2:1 10.9.0.1–10.9.0.9 -",
      "routes.txt:3:1 192.168.7.1/32 printer",
      "routes.txt:4:1 fd00::/8 -",
    ]);
  });

  it("may have blank lines, comments, indents, CRLF, a byte order mark and no end of line at its end", () => {
    expect(summary("\uFEFF# routes\r\n\r\n  \t10.0.0.0/8  \t#  a # b \r\n \t \r\n   # c\r\n10.1.0.0/16")).toEqual([
      "routes.txt:3:4 10.0.0.0/8 a # b",
      "routes.txt:6:1 10.1.0.0/16 -",
    ]);
  });

  it.each(["", "\n", "\r\n", "# only a comment"])("may be empty: %j", (text) => {
    expect(summary(text)).toEqual([]);
  });

  it("keeps the notation, and enforces every entry", () => {
    const [entry] = readPlainList("a.netset", " 10.9.0.1 - 10.9.0.9 # a\n").forbidden;
    expect(entry?.written).toBe("10.9.0.1 - 10.9.0.9");
    expect(entry?.severity).toBe("error");
    expect(entry?.location.range).toEqual([1, 20]);
  });

  it("reports each line that it can't read, and keeps the others", () => {
    const { forbidden, faults } = readPlainList(
      "routes.txt",
      "10.0.0.0/8\n  10.0.0.1/8 # x\n10.1.0.0/16 10.2.0.0/16\n",
    );
    expect([...forbidden].map(({ written }) => written)).toEqual(["10.0.0.0/8"]);
    expect(faults).toEqual([
      {
        file: "routes.txt",
        line: 2,
        column: 3,
        endLine: 2,
        endColumn: 13,
        range: [13, 23],
        message: '"10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8 or 10.0.0.1/32?',
      },
      expect.objectContaining({ line: 3, column: 1, endColumn: 24, range: [28, 51] }),
    ]);
  });

  it("may be long", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `10.${(index >> 8) & 255}.${index & 255}.0/24`);
    const { forbidden } = readPlainList("long.txt", lines.join("\n"));
    expect(forbidden).toHaveLength(100_000);
    expect([...forbidden].at(-1)?.location.line).toBe(100_000);
  });

  it("of any other file is a fault for a thousand lines, and for the next one", () => {
    const { forbidden, faults } = readPlainList("any.txt", `${"x\n".repeat(5000)}10.0.0.0/8\n`);
    expect(faults).toHaveLength(1001);
    expect(faults.at(-1)).toMatchObject({
      line: 1001,
      message: "more than 1,000 lines of the list are wrong; this is the next one",
    });
    expect([...forbidden].map(({ written }) => written)).toEqual(["10.0.0.0/8"]);
  });

  it("has as many IPv6 entries as there is room for, and any number of IPv4", () => {
    const { forbidden, faults } = readPlainList("long.txt", `${"::1\n".repeat(500_002)}10.0.0.0/8\n`);
    expect(forbidden).toHaveLength(500_001);
    expect(faults).toMatchObject([
      { line: 500_001, message: "the list has more than 500,000 IPv6 entries; join neighbours into larger blocks" },
    ]);
  });

  it("is one set for all policies that extend it", () => {
    const { forbidden } = readPlainList("list.txt", "10.0.0.0/8 # office\n192.168.7.1\n10.1.0.0/16\n");
    const { always } = forbidden;
    expect(forbidden.always).toBe(always);
    const range = { first: { family: 4, value: 0x0a_01_00_00n }, last: { family: 4, value: 0x0a_01_00_ffn } } as const;
    expect(always?.overlapping(range).map(({ written, name }) => [written, name])).toEqual([
      ["10.0.0.0/8", "office"],
      ["10.1.0.0/16", undefined],
    ]);
  });
});
