import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { interpolate, type Interpolation } from "../../../src/compose/read/interpolate.js";
import { substituteNaively } from "./naive-interpolation.js";
import { holds, seed } from "../property.js";

const VARIABLES = new Map([
  ["A", "one"],
  ["B", "two"],
  ["a_1", "low"],
  ["E", ""],
]);

/** The text that comes out, or why none does. */
function outcome(template: string): string {
  return say(interpolate(template, VARIABLES));
}

function say(result: Interpolation): string {
  switch (result.kind) {
    case "text":
      return result.text;
    case "required":
      return `required ${result.variable}: ${result.message}`;
    case "malformed":
      return "malformed";
  }
}

describe("a template", () => {
  it.each([
    ["", ""],
    ["$A", "one"],
    ["${A}", "one"],
    ["$A$B", "onetwo"],
    ["$A.$B", "one.two"],
    ["$AB", ""],
    ["${A}B", "oneB"],
    ["$a_1-x", "low-x"],
    ["$U", ""],
    ["${U}", ""],
  ])("%j has variables, which become %j", (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ["$$", "$"],
    ["$$A", "$A"],
    ["$$$A", "$one"],
    ["$$$$A", "$$A"],
    ["$${A}", "${A}"],
    ["$", "$"],
    ["a$", "a$"],
    ["$1", "$1"],
    ["$ A", "$ A"],
    ["$-", "$-"],
    ["{$A}", "{one}"],
    ["}", "}"],
    ["$É", "$É"],
  ])("%j has dollar signs that are none, and becomes %j", (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ["${A:-x}", "one"],
    ["${E:-x}", "x"],
    ["${U:-x}", "x"],
    ["${A-x}", "one"],
    ["${E-x}", ""],
    ["${U-x}", "x"],
    ["${U:-}", ""],
    ["${U-}", ""],
    ["${A:+x}", "x"],
    ["${E:+x}", ""],
    ["${U:+x}", ""],
    ["${A+x}", "x"],
    ["${E+x}", "x"],
    ["${U+x}", ""],
    ["${A:?x}", "one"],
    ["${E?x}", ""],
  ])("%j chooses, and becomes %j", (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ["${U:-${A}}", "one"],
    ["${U:-a${A}b$B}", "aonebtwo"],
    ["${U:-${V:-${W:-x}}}", "x"],
    ["${A:+${B:+x}}", "x"],
    ["${U:-$$}", "$"],
    ["${U:-$}", "$"],
    ["${U:-a:-b}", "a:-b"],
    ["${U:-a?b+c}", "a?b+c"],
    ["${U:-x}}", "x}"],
    ["${U:-{}", "{"],
    ["${U:-{a}}", "{a}"],
    ["${U:-x} ${V:-y}", "x y"],
  ])("%j nests, and becomes %j", (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ["${U:?}", "required U: "],
    ["${U?no U}", "required U: no U"],
    ["${E:?empty}", "required E: empty"],
    ["${U:?set ${A} to $B}", "required U: set one to two"],
    ["${V:-${U:?inner}}", "required U: inner"],
    ["${A:+${U:?inner}}", "required U: inner"],
  ])("%j stops Compose: %s", (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it("stops nothing where the default is not needed", () => {
    expect(outcome("${A:-${U:?inner}}")).toBe("one");
    expect(outcome("${U:+${V:?inner}}")).toBe("");
  });

  it.each([
    "${",
    "${}",
    "${A",
    "${A:-x",
    "${A:-${B}",
    "${1}",
    "${ A}",
    "${A }",
    "${A B}",
    "${A/x/y}",
    "${A:=x}",
    "${A:}",
    "${É}",
    "${A}${",
    "${U:-${}}",
    "${U:-a\n}",
  ])("%j makes no sense", (template) => {
    expect(outcome(template)).toBe("malformed");
  });

  it("may have its variables on several lines, each within one", () => {
    expect(outcome("${A}\n${U:-x}\n")).toBe("one\nx\n");
  });

  it("tells which variables it used, and how", () => {
    expect(interpolate("$A ${U} ${V:-x$W} ${B:-unused $X} ${Y:+z} ${E:-e}", VARIABLES)).toEqual({
      kind: "text",
      text: "one  x two  e",
      set: ["A", "B"],
      unset: ["U", "W", "Y"],
      defaulted: ["V", "E"],
    });
  });

  it.each([1_000, 100_000])("that nests %d times makes no sense either", (times) => {
    expect(outcome("${U:-".repeat(times) + "}".repeat(times))).toBe("malformed");
  });

  it("may nest as deep as anyone could mean", () => {
    expect(outcome(`${"${U:-".repeat(100)}x${"}".repeat(100)}`)).toBe("x");
  });
});

describe(`any template (FC_SEED=${seed})`, () => {
  const name = fc.constantFrom("A", "B", "a_1", "E", "U", "Z9");

  it("without a dollar sign is itself", () => {
    holds(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!text.includes("$"));
        expect(interpolate(text, VARIABLES)).toEqual({ kind: "text", text, unset: [], defaulted: [], set: [] });
      }),
    );
  });

  it("is itself again when its dollar signs were doubled", () => {
    holds(
      fc.property(fc.string({ unit: fc.constantFrom("$", "{", "}", "A", ":", "-") }), (text) => {
        expect(outcome(text.replaceAll("$", "$$$$"))).toBe(text);
      }),
    );
  });

  it("with one variable has its value for any name, in braces or not", () => {
    const anyName = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/);
    holds(
      fc.property(anyName, fc.string(), (variable, value) => {
        const variables = new Map([[variable, value]]);
        expect(say(interpolate(`<$${variable}>`, variables))).toBe(`<${value}>`);
        expect(say(interpolate(`<\${${variable}}>`, variables))).toBe(`<${value}>`);
      }),
    );
  });

  it("comes to what the grammar says, read character by character", () => {
    const scrap = fc.constantFrom("$", "$$", "${", "{", "}", "x", "1", " ", ":", "-", "+", "?", "\n", ":-", ":+", ":?");
    const { template } = fc.letrec<{ template: string; part: string; expression: string }>((tie) => ({
      expression: fc
        .tuple(name, fc.constantFrom(":-", "-", ":+", "+", ":?", "?"), tie("template"))
        .map(([variable, operator, operand]) => `\${${variable}${operator}${operand}}`),
      part: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        name,
        scrap,
        name.map((variable) => `$${variable}`),
        name.map((variable) => `\${${variable}}`),
        tie("expression"),
      ),
      template: fc.array(tie("part"), { maxLength: 6 }).map((parts) => parts.join("")),
    }));
    holds(
      fc.property(template, (text) => {
        expect(outcome(text)).toBe(substituteNaively(text, VARIABLES));
      }),
      3_000,
    );
  });
});
