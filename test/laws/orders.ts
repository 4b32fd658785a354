import path from "node:path";

import type { Dice } from "../compare/compose/dice.js";
import { hostIn, workspaceWith } from "./folder.js";
import { Law } from "./law.js";
import { WORKSPACE_POLICY, type Texts } from "./workspaces.js";

/** One workspace, fixed in every way that people have. */
export class OrderLaws {
  readonly #atOnce = new Law("all files at once = one by one in any order");
  readonly #editor = new Law("all files at once = one quick fix after the other");
  readonly #some = new Law("what is fixed first does not change the rest (lint-staged with one file)");

  get laws(): readonly Law[] {
    return [this.#atOnce, this.#editor, this.#some];
  }

  try(dice: Dice, texts: Texts, name: string): void {
    const files = [...texts.keys()];
    const start = folderOf(texts);
    const expected = fixEach(start, files);
    const order = shuffled(dice, files);
    const oneByOne = order.reduce((folder, file) => written(folder, fixEach(folder, [file])), start);
    this.#atOnce.tried(differing(name, expected, oneByOne.texts));
    const file = order.at(-1) ?? "";
    const staged = fixEach(start, [file]);
    this.#some.tried(differing(name, staged, expected));
    const quick = files.reduce((folder, one) => written(folder, quickFixes(folder, one)), start);
    this.#editor.tried(differing(name, expected, quick.texts));
  }
}

interface Folder {
  readonly root: string;
  readonly texts: Texts;
}

function folderOf(texts: Texts): Folder {
  return { root: workspaceWith(WORKSPACE_POLICY, texts), texts };
}

function written({ texts }: Folder, fixed: Texts): Folder {
  return folderOf(new Map([...texts, ...fixed]));
}

function shuffled(dice: Dice, files: readonly string[]): string[] {
  const left = [...files];
  return files.flatMap(() => left.splice(dice.below(left.length), 1));
}

function fixEach({ root, texts }: Folder, files: readonly string[]): Texts {
  const host = hostIn(root);
  return new Map(files.map((file) => [file, host.fix(path.join(root, file), texts.get(file) ?? "")]));
}

/** What an editor does: it takes the fix of one finding, and lints again. */
function quickFixes({ root, texts }: Folder, file: string): Texts {
  const host = hostIn(root);
  const place = path.join(root, file);
  let text = texts.get(file) ?? "";
  for (;;) {
    const fix = host.lint(place, text).messages.find((message) => message.fix)?.fix;
    if (!fix) return new Map([[file, text]]);
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const body = text.slice(mark.length);
    text = mark + body.slice(0, fix.range[0]) + fix.text + body.slice(fix.range[1]);
  }
}

/** Each file of the first texts must be the same among the second. */
function differing(name: string, expected: Texts, found: Texts): string | undefined {
  const file = [...expected.keys()].find((one) => expected.get(one) !== found.get(one));
  return file === undefined
    ? undefined
    : `${name}: ${file}\n${expected.get(file) ?? ""}\n---\n${found.get(file) ?? ""}`;
}
