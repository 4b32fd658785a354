import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { partsOf, sentenceOf } from "../../src/lint/message.js";

describe.each(rules.map((rule) => [rule.name, rule] as const))("the words of %s", (_name, rule) => {
  it("describe it in one line, as the rules of ESLint are described", () => {
    expect(rule.docs.description).toMatch(/^(?:Enforce|Require|Disallow) .+[^. ]$/);
  });

  it.each(Object.entries(rule.headlines))("are sentences in %s", (_says, message) => {
    const parts = partsOf(message);
    expect(parts.headline).toMatch(/^(?:[A-Z]|\{\{)[^]*[^.]$/);
    for (const part of [parts.consequence, parts.origin])
      if (part !== undefined) expect(part).toMatch(/^(?:[a-z]|\{\{).*[^.]$/);
    if (parts.verdict !== undefined) expect(parts.verdict).toMatch(/^(?:[A-Z]|\{\{).*[^.]$/);
    if (parts.advice !== undefined) expect(parts.advice).toMatch(/^(?:[A-Z].*\.|\{\{advice\}\})$/);
    expect(sentenceOf(parts)).toMatch(/(?:\.|\{\{advice\}\})$/);
  });

  it("describe each option and each suggestion in sentences", () => {
    for (const { schema } of Object.values(rule.options ?? {})) expect(schema["description"]).toMatch(/^[A-Z`].*\.$/);
    for (const title of Object.values(rule.suggestions)) expect(title).toMatch(/^[A-Z].*\.$/);
  });
});
