import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { frameOf } from "../../../src/cli/reports/frame.js";
import { holds, seed } from "../../ipam/property.js";

/** The part of the shown line that the marks stand below, where every sign is one column wide. */
function marked({ line, indent, length }: ReturnType<typeof frameOf>): string {
  return line.slice(indent, indent + length);
}

describe("the frame of a line", () => {
  it("marks exactly the stretch", () => {
    const frame = frameOf("      - subnet: 10.0.0.0/24", 16, 27);
    expect(frame).toEqual({ line: "      - subnet: 10.0.0.0/24", indent: 16, length: 11 });
  });

  it("marks one column for an empty stretch, also at the end of a line", () => {
    expect(frameOf("ab", 1, 1)).toEqual({ line: "ab", indent: 1, length: 1 });
    expect(frameOf("ab", 2, 2)).toEqual({ line: "ab", indent: 2, length: 1 });
    expect(frameOf("", 0, 0)).toEqual({ line: "", indent: 0, length: 1 });
  });

  it("ends the marks with the text of a line, though the stretch goes on", () => {
    expect(frameOf("ipam:  ", 0, Infinity)).toEqual({ line: "ipam:  ", indent: 0, length: 5 });
  });

  it("shows no command of a pipeline's log, and marks the same stretch", () => {
    const frame = frameOf("a ##[error]b: ##vso[x] c", 14, 22);
    expect(frame.line).toBe("a #\\u0023[error]b: #\\u0023vso[x] c");
    expect(marked(frame)).toBe("#\\u0023vso[x]");
  });

  it("gives tabs a width of their own", () => {
    expect(frameOf("{\tsubnet:\tx }", 10, 11)).toEqual({ line: "{  subnet:  x }", indent: 12, length: 1 });
  });

  it("counts signs as wide as a terminal shows them", () => {
    expect(frameOf("# 网络 x", 5, 6)).toMatchObject({ indent: 7, length: 1 });
    expect(frameOf("# 🚢 x", 5, 6)).toMatchObject({ indent: 5, length: 1 });
    expect(frameOf("# e\u0301 x", 5, 6)).toMatchObject({ indent: 4, length: 1 });
    expect(frameOf("# \u0007 x", 4, 5)).toEqual({ line: "# \\u0007 x", indent: 9, length: 1 });
  });

  it("cuts a long line around the stretch", () => {
    const text = `${"a".repeat(300)}SUBNET${"b".repeat(300)}`;
    const frame = frameOf(text, 300, 306);
    expect(marked(frame)).toBe("SUBNET");
    expect(frame.line).toBe(`…${"a".repeat(40)}SUBNET${"b".repeat(114)}…`);
  });

  it("keeps the beginning of a long line when the stretch is near it", () => {
    const frame = frameOf(`net: ${"b".repeat(300)}`, 0, 3);
    expect(marked(frame)).toBe("net");
    expect(frame.line).toBe(`net: ${"b".repeat(155)}…`);
  });

  it(`marks the stretch in any line (seed ${seed})`, () => {
    holds(
      fc.property(
        fc.stringMatching(/^[a-z]{0,400}$/),
        fc.nat(400),
        fc.integer({ min: 1, max: 60 }),
        (text, from, length) => {
          const start = Math.min(from, Math.max(0, text.length - 1));
          const frame = frameOf(text, start, start + length);
          expect(marked(frame)).toBe(text.slice(start, start + length).slice(0, frame.line.length));
          expect(frame.line.length).toBeLessThanOrEqual(162);
        },
      ),
    );
  });
});
