import { describe, expect, it } from "vitest";

import { readCsv } from "../../src/import/csv.js";

const rows = (text: string): unknown => {
  const csv = readCsv(text);
  return csv.ok ? csv.value : csv.fault;
};

describe("CSV", () => {
  it.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons, as a German spreadsheet writes", "a;b\n1;2\n"],
    ["tabs", "a\tb\n1\t2\n"],
    ["the line ends of Windows", "a,b\r\n1,2\r\n"],
    ["lone carriage returns", "a,b\r1,2\r"],
    ["no line end at the end", "a,b\n1,2"],
    ["empty lines", "a,b\n\n1,2\n\n"],
    ["quotes", '"a","b"\n"1","2"\n'],
  ])("may have %s", (_, text) => {
    expect(rows(text)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  it("keeps separators, line ends and doubled quotes inside of quotes", () => {
    expect(rows('a;b\n"1;\r\n""x""";2\n')).toEqual([
      ["a", "b"],
      ['1;\r\n"x"', "2"],
    ]);
  });

  it("keeps the other separators as text", () => {
    expect(rows("a;b\n1,5;x\ty\n")).toEqual([
      ["a", "b"],
      ["1,5", "x\ty"],
    ]);
  });

  it("keeps a quote in the middle of a cell", () => {
    expect(rows('a,b\n5" disk,2\n')).toEqual([
      ["a", "b"],
      ['5" disk', "2"],
    ]);
  });

  it.each([
    ['a,b\n1,"2\n3,4\n', { line: 2, column: 3, message: "the quote does not close" }],
    ['a,b\r\n"1""\r\n', { line: 2, column: 1, message: "the quote does not close" }],
    ['a,b\r"1"x,2\r', { line: 2, column: 4, message: "text follows the quote that closes the cell" }],
  ])("has a fault in %j", (text, fault) => {
    expect(rows(text)).toEqual(fault);
  });

  it("of many megabytes without a closing quote is read once", () => {
    expect(rows(`a,b\n1,"${'x""y,\n'.repeat(2_000_000)}`)).toMatchObject({ line: 2, column: 3 });
  });
});
