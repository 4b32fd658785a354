import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Linter } from "eslint";
import luaparse from "luaparse";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

import { readArguments } from "../../src/cli/arguments/read-arguments.js";
import { parseComposeFile } from "../../src/compose/read/compose-file.js";
import { VERSION } from "../../src/kit/version.js";
import { readPolicyFile } from "../../src/policy/policy-file.js";
import { blocksOf, pages, textOf, type Block } from "./pages.js";

const blocks = pages().flatMap((page) => blocksOf(page).map((block) => ({ ...block, page })));

function those(language: string): [place: string, text: string][] {
  return blocks.filter((block) => block.language === language).map(({ page, line, text }) => [`${page}:${line}`, text]);
}

/** The page of the rule that finds them: its examples are judged with it. */
const SHOWS_FAULTS = /valid-forbidden-ranges\.md/;

describe("every block of configuration in the documentation", () => {
  it("is of a kind that is looked at here, or shows an output", () => {
    const kinds = ["", "elisp", "ini", "js", "json", "lua", "sh", "text", "toml", "ts", "yaml"];
    expect(blocks.filter(({ language }: Block) => !kinds.includes(language))).toEqual([]);
  });

  it.each(those("yaml"))("is YAML: %s", (_, text) => {
    const documents = parseAllDocuments(text);
    expect([...documents].flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
  });

  it.each(those("yaml").filter(([place, text]) => /^version: 1$/m.test(text) && !SHOWS_FAULTS.test(place)))(
    "is a forbidden-ranges file without a fault: %s",
    (_, text) => {
      expect(readPolicyFile("forbidden-ranges.yaml", text).faults.map(({ message }) => message)).toEqual([]);
    },
  );

  it.each(those("yaml").filter(([, text]) => /^services:$/m.test(text)))("is a compose file: %s", (_, text) => {
    expect(parseComposeFile("/compose.yaml", text).ok).toBe(true);
  });

  it.each(those("json"))("is JSON: %s", (_, text) => {
    expect(JSON.parse(text)).toBeTypeOf("object");
  });

  it.each(those("js"))("is JavaScript: %s", (_, text) => {
    expect(new Linter().verify(text, { languageOptions: { sourceType: "module" } })).toEqual([]);
  });

  it.each(those("lua"))("is Lua: %s", (_, text) => {
    expect(luaparse.parse(text).body.length).toBeGreaterThan(0);
  });
});

/** Programs that are not ours: what they take is not ours to check. */
const OTHERS = ["cd", "docker", "git", "ip", "npm"];
const ESLINT = createRequire(import.meta.url).resolve("eslint/package.json");
const eslintHelp = execFileSync(process.execPath, [join(dirname(ESLINT), "bin/eslint.js"), "--help"], {
  encoding: "utf8",
});

/** The commands of a block, each as its words. */
function commandsIn(text: string): string[][] {
  return text
    .split(/\n|\||&&/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, "").replace(/>.*$/, ""))
    .map((line) => (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, "$2")))
    .filter((words) => words.length > 0);
}

describe("every command in the documentation", () => {
  it.each(those("toml"))("is TOML of tables and plain values: %s", (_, text) => {
    for (const line of text.split("\n").filter(Boolean)) {
      const [, value] = /^[\w-]+ = (.*)$/.exec(line) ?? [];
      if (value === undefined) expect(line).toMatch(/^(?:\[[\w.-]+\]|\[\[[\w.-]+\]\])$/);
      else expect(JSON.parse(value)).toBeTruthy();
    }
  });

  it.each(those("elisp"))("closes what it opens in Lisp: %s", (_, text) => {
    let depth = 0;
    for (const [sign] of text.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/[()]/g)) {
      depth += sign === "(" ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(text).toMatch(/^\(/);
  });

  it.each(those("sh"))("is what a shell reads: %s", (_, text) => {
    expect(execFileSync("bash", ["-n"], { input: text, encoding: "utf8" })).toBe("");
  });

  // A whole script is run by the tests of what writes it.
  const typed = those("sh").filter(([, text]) => !text.startsWith("#!"));

  it.each(typed)("is one that is there, with options that it takes: %s", (_, text) => {
    for (const words of commandsIn(text)) {
      const [program = "", ...args] = words[0] === "npx" ? withoutNpx(words.slice(1)) : words;
      if (program === "compose-networks") expect(readArguments(args), words.join(" ")).toMatchObject({ ok: true });
      else if (program === "eslint") {
        for (const option of args.filter((arg) => arg.startsWith("--"))) expect(eslintHelp).toContain(option);
      } else if (!["husky", "lint-staged"].includes(program)) expect(OTHERS, words.join(" ")).toContain(program);
    }
  });
});

/** What `npx` is told before the command: where to get it, and not to ask. */
function withoutNpx(words: readonly string[]): readonly string[] {
  const [first = ""] = words;
  if (["--yes", "--no", "--"].includes(first)) return withoutNpx(words.slice(1));
  // Without a version, npx takes whatever has that name.
  if (first === `compose-networks@${VERSION}`) return ["compose-networks", ...words.slice(1)];
  expect(first, words.join(" ")).not.toMatch(/^--package$|^compose-networks@/);
  return words;
}

describe("every link in the documentation", () => {
  it.each(pages())("leads to a file that is there, and to a heading in it: %s", (page) => {
    const directory = new URL(`../../${page}`, import.meta.url);
    for (const [, target = ""] of textOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path = "", heading] = target.split("#");
      const file = path === "" ? directory : new URL(path, directory);
      expect(existsSync(fileURLToPath(file)), target).toBe(true);
      if (heading !== undefined && path.endsWith(".md")) expect(headingsOf(file), target).toContain(heading);
    }
  });
});

/** As GitHub makes anchors of them. */
function headingsOf(file: URL): string[] {
  const text = textOf(fileURLToPath(file).slice(fileURLToPath(new URL("../../", import.meta.url)).length));
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
