import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { lexerOfCompose } from "../../../src/compose/read/lexer.js";
import { mayBeRefusedByCompose, takenByCompose } from "../../../src/compose/read/refused-by-compose.js";
import { holds } from "../../ipam/property.js";

const PIECES = [
  ...["a", "web:", " ", "  ", "\n", "\n  ", "- ", ": ", "#", "[", "]", "{", "}", ",", '"', "'", "|\n", ">-\n"],
  ...["&a", "&a ", "*a", "*a ", "*a]", "*a:", "&a.b", "&&", "*", "\t", "\\", "\\q", "%", "%YAML 1.2\n", "---\n"],
  ...[
    "...\n",
    "\n...\nb",
    "\ufeff",
    "\ufeff...\n",
    "\ufeff%FOO\n",
    "!x ",
    "? ",
    "\r\n",
    "é",
    "-",
    ":a",
    ":",
    "?",
    "b?c",
  ],
];

function lexemesOf(text: string): {
  readonly before: readonly string[];
  readonly after: readonly string[];
  faults: number;
} {
  const before = [...lexerOfCompose().lex(text)];
  let faults = 0;
  const after = [...takenByCompose(before, () => (faults += 1))];
  return { before, after, faults };
}

describe("a text without a character that Compose could refuse", () => {
  it("is read to its end, lexeme by lexeme, as YAML 1.2 is", () => {
    holds(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join("")),
        (text) => {
          const { before, after, faults } = lexemesOf(text);
          if (!mayBeRefusedByCompose(text)) expect({ after, faults }).toEqual({ after: before, faults: 0 });
        },
      ),
      20_000,
    );
  });

  it.each(["services: {}\n", "x: &a { b: 1 }\ny: *a\n", "a: [ *b, *c ]\n", "a: 1 # ok...\n"])(
    "needs no look: %j",
    (text) => {
      expect(mayBeRefusedByCompose(text)).toBe(false);
    },
  );

  it.each([
    "a:\tb\n",
    "%TAG ! !\n---\n",
    "a\n...\nb\n",
    'a: "\\q"\n',
    "a: &b.c d\n",
    "*a: b\n",
    "a: [b?]\n",
    "{ a:{} }\n",
    "[-]\n",
  ])("needs a look: %j", (text) => {
    expect(mayBeRefusedByCompose(text)).toBe(true);
  });
});
