import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { ESLint, type Linter } from "eslint";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "vscode-languageserver-protocol";

import composeNetworks from "../../src/eslint/index.js";
import { isComposeFileName } from "../../src/workspace/files/compose-names.js";
import { folderWith, type Folder } from "../cli/command.js";
import { inProcess } from "../cli/in-process.js";
import { CASES, type Case } from "./cases.js";
import { Editor, PULLING } from "./editor.js";

/** A finding by its home, as all three hosts know it. Lines and columns start at 1. */
interface Known {
  readonly file: string;
  readonly place: string;
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
}

const FIX_ALL = "source.fixAll.compose-networks";
const ALL = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };

function openIn({ open = ["compose.yaml"] }: Case): readonly string[] {
  return open;
}

/** What the editor shows of each file. */
function shown({ files, unsaved = {} }: Case): Readonly<Record<string, string>> {
  return { ...files, ...unsaved };
}

/** The folder as it is once all is saved. */
function saved(of: Case): Folder {
  return folderWith(shown(of));
}

function ruleArguments({ rules = {} }: Case): string[] {
  return Object.entries(rules).flatMap(([rule, level]) => ["--rule", `${rule}:${level}`]);
}

async function onCommandLine(of: Case): Promise<Known[]> {
  const folder = saved(of);
  const { stdout } = await inProcess(folder.path, ["--format", "json", ...ruleArguments(of), ...openIn(of)]);
  const { findings } = JSON.parse(stdout) as { findings: Record<string, unknown>[] };
  return findings.map(({ file, line, column, endLine, endColumn, rule, severity, message }) => ({
    file: String(file),
    place: `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)}`,
    rule: typeof rule === "string" ? rule.replace(/^compose-networks\//, "") : "",
    severity: severity === "error" ? "error" : "warning",
    message: anywhere(String(message), folder),
  }));
}

/** Without the name of the folder, which is another one each time. */
function anywhere(message: string, folder: Folder): string {
  return message.toLowerCase().replaceAll(path.basename(folder.path).toLowerCase(), "folder");
}

async function inESLint(of: Case, folder: Folder): Promise<Known[]> {
  const { rules: levels = {} } = of;
  const recommended: Linter.Config = composeNetworks.configs.recommended;
  const rules = Object.fromEntries(Object.entries(levels).map(([rule, level]) => [`compose-networks/${rule}`, level]));
  const overrideConfig = [recommended, { files: ["**/*.yaml", "**/*.yml", "**/*.json"], rules }];
  const host = new ESLint({ cwd: folder.path, overrideConfigFile: true, overrideConfig });
  const results = await host.lintFiles(["**/*.{yaml,yml,json}"]);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, endLine, endColumn, ruleId, severity, message }) => ({
      file: path.relative(folder.path, filePath).replaceAll("\\", "/"),
      place: `${line}:${column}-${endLine ?? line}:${endColumn ?? column}`,
      rule: (ruleId ?? "").replace(/^compose-networks\//, ""),
      severity: severity === 2 ? "error" : "warning",
      message,
    })),
  );
}

function known(file: string, { range, code, severity, message, relatedInformation }: Diagnostic): Known {
  const place = ({ line, character }: typeof range.start): string => `${line + 1}:${character + 1}`;
  return {
    file,
    place: `${place(range.start)}-${place(range.end)}`,
    rule: String(code ?? "").replace(/^compose-networks\//, ""),
    severity: severity === 1 ? "error" : "warning",
    message: [textOf(message), ...(relatedInformation ?? []).map((each) => each.message)].join("\n"),
  };
}

function textOf(message: Diagnostic["message"]): string {
  return typeof message === "string" ? message : message.value;
}

/** A byte order mark is a character of the first line to an editor, and none to the others. */
function withoutMark(found: readonly Known[], texts: Readonly<Record<string, string>>): Known[] {
  return found.map((each) => {
    if (!texts[each.file]?.startsWith("\uFEFF")) return each;
    const place = each.place.replaceAll(
      /(^|-)1:(\d+)/g,
      (_, before: string, column: string) => `${before}1:${Number(column) - 1}`,
    );
    return { ...each, place };
  });
}

function briefly(found: readonly Known[]): string[] {
  return found.map(({ file, place, rule, severity }) => `${file}:${place} ${rule} ${severity}`).sort();
}

async function start(of: Case, folder: Folder, pulls: boolean): Promise<Editor> {
  const editor = await Editor.in(folder, { args: ruleArguments(of), ...(pulls && { capabilities: PULLING }) });
  for (const file of openIn(of)) await editor.open(file, shown(of)[file] ?? "");
  return editor;
}

/** A second file without a fault shows when the server has looked at all files. */
async function allOf(editor: Editor, of: Case): Promise<Known[]> {
  for (const file of openIn(of)) await editor.published(file);
  await editor.looked();
  return [...editor.allPublished()].flatMap(([file, diagnostics]) => diagnostics.map((each) => known(file, each)));
}

describe.each(CASES)("$name", (of) => {
  it("gets the same findings from the command line and from the server that tells of them", async () => {
    const expected = await onCommandLine(of);
    const folder = folderWith(of.files);
    const found = withoutMark(await allOf(await start(of, folder, false), of), shown(of));
    expect(briefly(found)).toEqual(briefly(expected));
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual([...of.finds].sort());
    for (const { file, place, rule, message } of found) {
      const same = expected.find((each) => each.file === file && each.place === place && each.rule === rule);
      const [headline = "", ...parts] = anywhere(message, folder).split("\n");
      expect(same?.message.slice(0, headline.length)).toBe(headline);
      // What stands at another place is no part of the sentence.
      for (const part of parts)
        if (!/^the (?:forbidden range|reserved port) /.test(part)) expect(same?.message).toContain(part);
    }
  });

  it("gets the same findings and the same fixed text from the server that is asked", async () => {
    const expected = (await onCommandLine(of)).filter(({ file }) => openIn(of).includes(file));
    const editor = await start(of, folderWith(of.files), true);
    const found: Known[] = [];
    for (const file of openIn(of)) {
      const report = await editor.pull(file);
      if (report.kind === "full") found.push(...report.items.map((each) => known(file, each)));
    }
    expect(briefly(withoutMark(found, shown(of)))).toEqual(briefly(expected));

    const folder = saved(of);
    await inProcess(folder.path, ["--fix", ...ruleArguments(of), ...openIn(of)]);
    let isFixed = true;
    for (let round = 1; isFixed; round += 1) {
      expect(round, "a fix asks for the next one").toBeLessThan(10);
      isFixed = false;
      for (const file of openIn(of)) {
        for (const action of await editor.actions(file, ALL, [FIX_ALL])) {
          isFixed = true;
          await editor.choose(action);
        }
      }
    }
    for (const file of openIn(of)) expect(editor.text(file), file).toBe(folder.text(file));
  });

  it.skipIf(of.isOnInPolicy === true)(
    "gets the same findings from ESLint, for the files that it is given, unless the policy turns a rule on",
    async () => {
      const folder = saved(of);
      const isGiven = ({ file }: Known): boolean =>
        isComposeFileName(file) || /(?:^|\/)(?:forbidden-ranges\.(?:ya?ml|json)|daemon\.json)$/.test(file);
      const expected = (await onCommandLine(of)).filter(isGiven);
      const checked = new Set([...openIn(of), ...expected.map(({ file }) => file)]);
      // It names the home of what it shows elsewhere, and says at each file that a policy is faulty.
      const isOwn = ({ file, message }: Known): boolean =>
        checked.has(file) &&
        !/^[\w./-]+:\d+:\d+: /.test(message) &&
        !message.startsWith("Not all forbidden ranges could");
      const found = (await inESLint(of, folder)).filter((each) => isGiven(each) && isOwn(each));
      // A rule has one level there.
      expect(briefly(found).map(withoutLevel)).toEqual(briefly(expected).map(withoutLevel));
    },
  );
});

function withoutLevel(brief: string): string {
  return brief.replace(/ \w+$/, "");
}

it("has a case for each rule", () => {
  const rules = fileURLToPath(new URL("../../rules/index.ts", import.meta.url));
  const names = [...readFileSync(rules, "utf8").matchAll(/from "\.\/([\w-]+)\.js"/g)].map(([, name = ""]) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !CASES.some(({ finds }) => finds.includes(name)))).toEqual([]);
  expect(CASES.length).toBeGreaterThanOrEqual(40);
});
