import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MarkedLines, TextLines } from "../../src/lsp/text-lines.js";

describe("the lines of a text", () => {
  it("end in every way that the protocol knows, and in no other", () => {
    const lines = new TextLines("a\nb\r\nc\rd\u2028e\u0085f");
    expect([0, 2, 4, 5, 7, 9].map((offset) => lines.positionAt(offset))).toEqual([
      { line: 0, character: 0 },
      { line: 1, character: 0 },
      { line: 1, character: 2 },
      { line: 2, character: 0 },
      { line: 3, character: 0 },
      { line: 3, character: 2 },
    ]);
  });

  it("count UTF-16 units", () => {
    expect(new TextLines("🐳x").positionAt(2)).toEqual({ line: 0, character: 2 });
  });

  it("have an end, and so has the text", () => {
    const lines = new TextLines("ab\r\nc");
    expect(lines.offsetAt({ line: 0, character: 99 })).toBe(2);
    expect(lines.offsetAt({ line: 1, character: 99 })).toBe(5);
    expect(lines.offsetAt({ line: 9, character: 0 })).toBe(5);
  });

  it("give back every offset that is not inside the end of a line", () => {
    const text = fc.array(fc.constantFrom("\r", "\n", "a", "🐳", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat(40), (written, at) => {
        const offset = Math.min(at, written.length);
        fc.pre(!(written[offset] === "\n" && written[offset - 1] === "\r"));
        const lines = new TextLines(written);
        expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
      }),
    );
  });

  it("do not count a byte order mark as a part of what is read", () => {
    const lines = new MarkedLines("\uFEFFab\ncd");
    expect(lines.rangeOf([1, 4])).toEqual({ start: { line: 0, character: 2 }, end: { line: 1, character: 1 } });
    expect(lines.spanOf({ start: { line: 0, character: 2 }, end: { line: 1, character: 1 } })).toEqual([1, 4]);
  });
});
