import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEnvironmentFile } from "../../../src/compose/load/dotenv.js";
import { holds, seed } from "../property.js";

function read(text: string): Record<string, string> {
  return Object.fromEntries(parseEnvironmentFile(text));
}

describe("an environment file", () => {
  it.each([
    ["A=1", "1"],
    ["A=", ""],
    ["A = 1", "1"],
    ["  A=  1  ", "1"],
    ["\tA=\t1", "1"],
    ["A: 1", "1"],
    ["A:1", "1"],
    ["export A=1", "1"],
    ["export\tA=1", "1"],
    ["A=1 2 3", "1 2 3"],
    ["A=a=b:c", "a=b:c"],
    ["A=it's", "it's"],
    ['A={"a": 1}', '{"a": 1}'],
    ["A=é", "é"],
    ["A=a\\nb", "a\\nb"],
  ])("sets the variable in %j to %j", (text, value) => {
    expect(read(text)).toEqual({ A: value });
  });

  it.each([
    ["A=1 # c", "1"],
    ["A=1 #c", "1"],
    ["A=1# c", "1# c"],
    ["A=#c", "#c"],
    ["A= # c", "# c"],
    ["A=1\t# c", "1\t# c"],
    ["A='1' # c", "1"],
    ['A="1" # c', "1"],
    ["A='1 # c'", "1 # c"],
    ['A="1 # c"', "1 # c"],
    ["# B=1\n#\nA=1", "1"],
  ])("knows comments: %j is %j", (text, value) => {
    expect(read(text)).toEqual({ A: value });
  });

  it.each([
    ["A=''", ""],
    ['A=""', ""],
    ["A=' 1 '", " 1 "],
    ["A='a\"b'", 'a"b'],
    ['A="it\'s"', "it's"],
    ["A='a\\'b'", "a'b"],
    ['A="a\\"b"', 'a"b'],
    ["A='a\\nb'", "a\\nb"],
    ['A="a\\nb"', "a\nb"],
    ['A="a\\tb\\\\c"', "a\tb\\c"],
    ['A="a\\xb"', "a\\xb"],
    ["A='a\nb'", "a\nb"],
    ['A="a\nb\n"', "a\nb\n"],
    ["A='a\n# b\n'", "a\n# b\n"],
  ])("knows quotes: %j is %j", (text, value) => {
    expect(read(`${text}\nB=2`)).toEqual({ A: value, B: "2" });
  });

  it("may have Windows line ends, which stay only inside of quotes", () => {
    expect(read('A=1\r\n\r\nB="a\r\nb"\r\nC=\r\n')).toEqual({ A: "1", B: "a\r\nb", C: "" });
  });

  it.each([
    ["B=${A}", "1"],
    ["B=$A", "1"],
    ['B="<$A>"', "<1>"],
    ["B='$A'", "$A"],
    ['B="\\$A"', "$A"],
    ["B=$$A", "$A"],
    ["B=${C:-x}", "x"],
    ["B=${C-${A}}", "1"],
    ["B=${C}", ""],
    ["A=2\nB=$A", "2"],
  ])("puts in variables that stand above: %j", (text, value) => {
    expect(read(`A=1\n${text}`)["B"]).toBe(value);
  });

  it("takes the last value of a variable", () => {
    expect(read("A=1\nA=${A}2")).toEqual({ A: "12" });
  });

  it.each(["A", "export A", "A=1\nA"])("sets nothing where a name is only passed on: %j", (text) => {
    expect(read(`${text}\nB=2`)).toEqual(text.includes("=") ? { A: "1", B: "2" } : { B: "2" });
  });

  it.each(["a.b", "a-b", "a[0]", "É", "1a"])("knows the odd name %j", (name) => {
    expect(read(`${name}=1`)).toEqual({ [name]: "1" });
  });

  it.each([
    "?=1",
    "- B=2",
    "!!",
    "A B=1",
    "=1",
    "A=${B:?no}",
    "A=${B",
    'A="${}"',
    'A="open',
    "A='open",
    "<<<<<<< HEAD",
  ])("passes over a line that Compose refuses: %j", (line) => {
    expect(read(`Z=0\n${line}\nY=1\n`)).toEqual({ Z: "0", Y: "1" });
  });

  it.each(["", "\n\n", "# nothing", "   "])("may be empty: %j", (text) => {
    expect(read(text)).toEqual({});
  });
});

describe(`any environment file (FC_SEED=${seed})`, () => {
  const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
  const scrap = fc.constantFrom(
    "A",
    "=",
    ":",
    "'",
    '"',
    "\\",
    "#",
    " ",
    "\n",
    "\r\n",
    "$",
    "${",
    "}",
    "export ",
    "\t",
    "é",
  );

  it("gives back what was written between single quotes", () => {
    holds(
      fc.property(fc.dictionary(name, fc.string({ unit: scrap })), (values) => {
        fc.pre(Object.values(values).every((value) => !/['\\]/.test(value)));
        expect(
          read(
            Object.entries(values)
              .map(([key, value]) => `${key}='${value}'`)
              .join("\n"),
          ),
        ).toEqual({ ...values });
      }),
    );
  });

  it("gives back what was escaped between double quotes", () => {
    holds(
      fc.property(name, fc.string({ unit: scrap }), (key, value) => {
        expect(read(`${key}="${value.replace(/["\\$]/g, "\\$&")}"`)).toEqual({ [key]: value });
      }),
    );
  });

  it("is read to its end, whatever stands in it", () => {
    holds(
      fc.property(fc.string({ unit: scrap, maxLength: 40 }), (text) => {
        expect(read(`${text.replace(/["']/g, "")}\nLAST=1`)["LAST"]).toBe("1");
      }),
      1_000,
    );
  });

  it("may be long", () => {
    const long = "x\n".repeat(500_000);
    expect(read(`A="${long}"\nB='${long}'\n${"# c\n".repeat(100_000)}C=1`)).toEqual({ A: long, B: long, C: "1" });
  });
});
