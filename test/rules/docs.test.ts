import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Linter } from "eslint";
import { describe, expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import plugin from "../../src/eslint/index.js";
import { createFolder } from "../workspace/folder.js";

interface Example {
  readonly kind: string;
  /** The heading or sentence above it. */
  readonly about: string;
  readonly file: ExampleFile;
  readonly text: string;
}

/** JSON has no comment that could tell a file by its name. */
type ExampleFile = "compose.yaml" | "daemon.json" | "forbidden-ranges.yaml";

const BLOCK_OR_LINE = /^```(?<format>yaml|json)\n(?<block>(?:.*\n)*?)```$|^(?<line>.+)$/gm;
/** `### Incorrect`, `Correct with …:`, `… Before:` */
const KIND = /^(?:#+ )?(incorrect|correct)\b|\b(before|after):$/i;

/** The first line of a file that lies beside each of the examples. */
const BESIDE = /^# (\S+\/\S+\.yaml)\n/;

/** The files: the policy, which is the first YAML block, and those that say their names. And the examples, told apart by the last line above that says what they are. */
function readPage(page: string): { files: Readonly<Record<string, string>>; examples: Example[] } {
  const blocks: Example[] = [];
  let kind = "";
  let about = "";
  for (const { groups = {} } of page.matchAll(BLOCK_OR_LINE)) {
    const { format, block, line } = groups;
    if (block !== undefined) {
      blocks.push({ kind, about, file: format === "json" ? "daemon.json" : "compose.yaml", text: block });
    }
    if (line === undefined) continue;
    about = line;
    const [, named, step] = KIND.exec(line) ?? [];
    if (line.startsWith("#")) kind = "";
    kind = (named ?? step ?? kind).toLowerCase();
  }
  if (page.includes("Each example is a `forbidden-ranges.yaml`.")) {
    const { files, examples } = withoutFiles(blocks);
    return {
      files: { "forbidden-ranges.yaml": "version: 1\n", ...files },
      examples: examples.map((block): Example => ({ ...block, file: "forbidden-ranges.yaml" })),
    };
  }
  const [policy, ...others] = blocks;
  const { files, examples } = withoutFiles(others);
  return { files: { "forbidden-ranges.yaml": policy?.text ?? "", ...files }, examples };
}

function withoutFiles(blocks: readonly Example[]): ReturnType<typeof readPage> {
  const files: Record<string, string> = {};
  const examples = blocks.filter(({ text }) => {
    const [, file] = BESIDE.exec(text) ?? [];
    if (file !== undefined) files[file] = text;
    return file === undefined;
  });
  return { files, examples };
}

/** Lints as the page shows it: the comment in a compose file switches the rule on, and a preset does for daemon.json. */
function lint(files: Readonly<Record<string, string>>, { file, text }: Pick<Example, "file" | "text">) {
  const { path } = createFolder(files);
  const linter = new Linter({ cwd: path });
  const config: Linter.Config = {
    files: ["**/*.{yaml,json}"],
    plugins: { "compose-networks": plugin },
    language: "compose-networks/compose",
    settings: { "compose-networks": { today: "2026-11-24" } },
    rules: file === "daemon.json" ? { ...plugin.configs.all.rules } : {},
  };
  const filename = join(path, file);
  return {
    messages: linter.verify(text, config, { filename }),
    fixed: linter.verifyAndFix(text, config, { filename }).output,
  };
}

describe.each(rules.map(({ name, options }) => [name, options] as const))("the page about %s", (name, options) => {
  const page = readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
  const { files, examples } = readPage(page);
  const ofKind = (kind: string): [string, Example][] =>
    examples.filter((example) => example.kind === kind).map((example) => [example.about, example]);
  const ruleId = `compose-networks/${name}`;

  it("says of every example what it is, and switches the rule on in each", () => {
    for (const { kind, file, text } of examples) {
      expect(kind, text).toMatch(/^(?:incorrect|correct|before|after)$/);
      if (file !== "daemon.json") expect(text).toMatch(new RegExp(`^# eslint ${ruleId}: `));
    }
  });

  it("has its sections in order", () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Why it hurts",
      "Examples",
      ...(options ? ["Options"] : []),
      "When not to use it",
      "Further reading",
    ]);
  });

  it.each(ofKind("incorrect"))("shows something incorrect: %s", (_, example) => {
    const { messages } = lint(files, example);
    expect(new Set(messages.map((message) => message.ruleId))).toEqual(new Set([ruleId]));
  });

  it.each(ofKind("correct"))("shows something correct: %s", (_, example) => {
    expect(lint(files, example).messages).toEqual([]);
  });

  it("shows what the fix or the suggestion makes of a file", () => {
    const befores = ofKind("before").map(([, example]) => example);
    expect(befores.length).toBeGreaterThan(0);
    for (const before of befores) {
      const after = examples.slice(examples.indexOf(before)).find(({ kind }) => kind === "after")?.text;
      const { messages, fixed } = lint(files, before);
      const fix = messages[0]?.suggestions?.[0]?.fix ?? messages[0]?.fix;
      const { text } = before;
      expect(fix && text.slice(0, fix.range[0]) + fix.text + text.slice(fix.range[1])).toBe(after);
      expect(fixed).toBe(messages[0]?.fix ? after : text);
    }
  });
});
