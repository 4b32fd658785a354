import { expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { partsOf } from "../../src/lint/message.js";

/** What users read, rule by rule, as one page. A changed word is read here beside its neighbours. */
it("says what messages.md says: every headline, consequence, advice, title, option and description", async () => {
  const page = rules.map((rule) =>
    [
      `## ${rule.name}`,
      rule.docs.description,
      ...Object.entries(rule.headlines).map(([says, message]) => entry(says, Object.values(partsOf(message)))),
      ...Object.entries(rule.suggestions).map(([does, title]) => entry(`offers ${does}`, [title])),
      ...Object.entries(rule.options ?? {}).map(([name, { schema }]) =>
        entry(`option ${name}`, [String(schema["description"])]),
      ),
    ].join("\n\n"),
  );
  await expect(`${page.join("\n\n")}\n`).toMatchFileSnapshot("messages.md");
});

function entry(name: string, texts: readonly (string | undefined)[]): string {
  return [`- ${name}`, ...texts.filter((text) => text !== undefined).map((text) => `  - ${text}`)].join("\n");
}
