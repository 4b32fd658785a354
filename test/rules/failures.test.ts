import { Linter, type Rule } from "eslint";
import { expect, it } from "vitest";

import { withoutThrowing } from "../../src/eslint/failures.js";

function fail(): never {
  throw new RangeError("Invalid string length");
}

it.each<[string, () => Record<string, () => void>]>([
  ["looks at a node", () => ({ Program: fail, "Program:exit": fail })],
  ["is set up", fail],
])("a rule that fails when it %s is one finding, and does not end the run", (_, create) => {
  const linter = new Linter();
  const rule: Rule.RuleModule = { create: withoutThrowing(create) };
  const messages = linter.verify("a;\n", [
    {
      plugins: { test: { rules: { broken: rule, other: rule } } },
      rules: { "test/broken": "error", "test/other": "error" },
    },
  ]);
  expect(messages.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    "1:1 The file is not checked, as the check itself failed (Invalid string length). Report it.",
  ]);
});
