import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import plugin from "../../src/plugin/index.js";
import { createFolder } from "../workspace/folder.js";

interface Example {
  readonly kind: string;
  /** The heading or sentence above it. */
  readonly about: string;
  readonly text: string;
}

const BLOCK_OR_LINE = /^```yaml\n(?<block>(?:.*\n)*?)```$|^(?<line>.+)$/gm;
/** `### Incorrect`, `Correct with …:`, `… Before:` */
const KIND = /^(?:#+ )?(incorrect|correct)\b|\b(before|after):$/i;

/** The policy, which is the first YAML block, and the examples, told apart by the last line above that says what they are. */
function readPage(page: string): { file: string; policy: string; examples: Example[] } {
  const blocks: Example[] = [];
  let kind = "";
  let about = "";
  for (const { groups = {} } of page.matchAll(BLOCK_OR_LINE)) {
    const { block, line } = groups;
    if (block !== undefined) blocks.push({ kind, about, text: block });
    if (line === undefined) continue;
    about = line;
    const [, named, step] = KIND.exec(line) ?? [];
    if (line.startsWith("#")) kind = "";
    kind = (named ?? step ?? kind).toLowerCase();
  }
  if (page.includes("Each example is a `forbidden-ranges.yaml`.")) {
    return { file: "forbidden-ranges.yaml", policy: "version: 1\n", examples: blocks };
  }
  const [policy, ...examples] = blocks;
  return { file: "compose.yaml", policy: policy?.text ?? "", examples };
}

/** Lints as the page shows it: the comment in the example switches the rule on. */
function lint({ file, policy }: { file: string; policy: string }, text: string) {
  const { path } = createFolder({ "forbidden-ranges.yaml": policy });
  const linter = new Linter({ cwd: path });
  const config: Linter.Config = {
    files: ["**/*.yaml"],
    plugins: { "compose-networks": plugin },
    language: "compose-networks/compose",
    settings: { "compose-networks": { today: "2026-11-24" } },
  };
  const filename = join(path, file);
  return {
    messages: linter.verify(text, config, { filename }),
    fixed: linter.verifyAndFix(text, config, { filename }).output,
  };
}

describe.each(rules.map(({ name, meta }) => [name, meta] as const))("the page about %s", (name, meta) => {
  const page = readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
  const { examples, ...setting } = readPage(page);
  const ofKind = (kind: string): [string, string][] =>
    examples.filter((example) => example.kind === kind).map(({ about, text }) => [about, text]);
  const ruleId = `compose-networks/${name}`;

  it("says of every example what it is, and switches the rule on in each", () => {
    for (const { kind, text } of examples) {
      expect(kind, text).toMatch(/^(?:incorrect|correct|before|after)$/);
      expect(text).toMatch(new RegExp(`^# eslint ${ruleId}: `));
    }
  });

  it("has its sections in order", () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const hasOptions = Array.isArray(meta?.schema) && meta.schema.length > 0;
    expect(headings).toEqual([
      "Why it hurts",
      "Examples",
      ...(hasOptions ? ["Options"] : []),
      "When not to use it",
      "Further reading",
    ]);
  });

  it.each(ofKind("incorrect"))("shows something incorrect: %s", (_, text) => {
    const { messages } = lint(setting, text);
    expect(new Set(messages.map((message) => message.ruleId))).toEqual(new Set([ruleId]));
  });

  it.each(ofKind("correct"))("shows something correct: %s", (_, text) => {
    expect(lint(setting, text).messages).toEqual([]);
  });

  it("shows what the fix or the suggestion makes of a file", () => {
    const [before = "", after] = [...ofKind("before"), ...ofKind("after")].map(([, text]) => text);
    const { messages, fixed } = lint(setting, before);
    const suggestion = messages[0]?.suggestions?.[0]?.fix;
    const edited =
      suggestion && before.slice(0, suggestion.range[0]) + suggestion.text + before.slice(suggestion.range[1]);
    expect(edited).toBe(after);
    expect(fixed).toBe(messages[0]?.fix ? after : before);
  });
});
