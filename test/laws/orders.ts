import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Dice } from "../compare/compose/dice.js";
import { createHost } from "../corpus/host.js";
import { generateText } from "./generated.js";
import { Law } from "./law.js";

export const WORKSPACE_POLICY = `version: 1
id: laws
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
pools:
  - { cidr: 10.129.0.0/19, prefix: 24 }
  - { cidr: "fd12:3456:789a::/56", prefix: 64 }
`;

export const WORKSPACE_FILES = ["compose.yaml", "a.compose.yaml", "b.compose.yaml", "compose.c.yaml"];

/** One workspace, fixed in every way that people have. */
export class OrderLaws {
  readonly #atOnce = new Law("all files at once = one by one in any order");
  readonly #editor = new Law("all files at once = one quick fix after the other");
  readonly #some = new Law("what is fixed first does not change the rest (lint-staged with one file)");

  get laws(): readonly Law[] {
    return [this.#atOnce, this.#editor, this.#some];
  }

  try(dice: Dice, name: string): void {
    const texts = new Map(WORKSPACE_FILES.map((file) => [file, generateText(dice)]));
    const start = folderOf(texts);
    const expected = fixEach(start, WORKSPACE_FILES);
    const order = WORKSPACE_FILES.map((file) => ({ file, at: dice.one(ORDERS) })).sort(
      (left, right) => left.at - right.at,
    );
    const oneByOne = order.reduce<Folder>((folder, { file }) => written(folder, fixEach(folder, [file])), start);
    this.#atOnce.tried(differing(name, expected, textsIn(oneByOne)));
    const staged = fixEach(start, [dice.one(["compose.yaml", "b.compose.yaml"])]);
    const [[file = ""] = []] = staged;
    this.#some.tried(expected.get(file) === staged.get(file) ? undefined : `${name}: ${file}`);
    const quick = WORKSPACE_FILES.reduce<Folder>((folder, one) => written(folder, quickFixes(folder, one)), start);
    this.#editor.tried(differing(name, expected, textsIn(quick)));
    rmSync(start.root, { recursive: true });
  }
}

const ORDERS = [0, 1, 2, 3, 4, 5, 6, 7] as const satisfies readonly [number, ...number[]];

interface Folder {
  readonly root: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** A folder of its own for each state: what a process knows of files is none of the question. */
function folderOf(texts: ReadonlyMap<string, string>): Folder {
  const root = mkdtempSync(path.join(tmpdir(), "compose-networks-laws-"));
  writeFileSync(path.join(root, "forbidden-ranges.yaml"), WORKSPACE_POLICY);
  for (const [file, text] of texts) writeFileSync(path.join(root, file), text);
  return { root, texts };
}

function written(folder: Folder, fixed: ReadonlyMap<string, string>): Folder {
  const next = folderOf(new Map([...folder.texts, ...fixed]));
  for (const [file] of next.texts) cpSync(path.join(next.root, file), path.join(folder.root, file));
  return next;
}

function textsIn({ root, texts }: Folder): Map<string, string> {
  const read = new Map([...texts.keys()].map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
  rmSync(root, { recursive: true });
  return read;
}

function hostIn({ root }: Folder) {
  return createHost({ root, ranges: path.join(root, "forbidden-ranges.yaml") });
}

function fixEach(folder: Folder, files: readonly string[]): Map<string, string> {
  const host = hostIn(folder);
  return new Map(files.map((file) => [file, host.fix(path.join(folder.root, file), folder.texts.get(file) ?? "")]));
}

/** What an editor does: it takes the fix of one finding, and lints again. */
function quickFixes(folder: Folder, file: string): Map<string, string> {
  const host = hostIn(folder);
  const place = path.join(folder.root, file);
  let text = folder.texts.get(file) ?? "";
  for (;;) {
    const fix = host.lint(place, text).messages.find((message) => message.fix)?.fix;
    if (!fix) return new Map([[file, text]]);
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const body = text.slice(mark.length);
    text = mark + body.slice(0, fix.range[0]) + fix.text + body.slice(fix.range[1]);
  }
}

function differing(
  name: string,
  expected: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): string | undefined {
  const file = [...expected.keys()].find((one) => expected.get(one) !== found.get(one));
  return file === undefined
    ? undefined
    : `${name}: ${file}\n${expected.get(file) ?? ""}\n---\n${found.get(file) ?? ""}`;
}
