import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, it } from "vitest";

import { rules } from "../../rules/index.js";
import { toPosix } from "../../src/workspace/files/native-paths.js";
import { runESLint, runOurs, type Setup } from "../lint/both-hosts.js";
import { readCorpus } from "./read-corpus.js";

const FOLDER = path.resolve(import.meta.dirname, "../../../shared/corpus");

it.skipIf(!existsSync(FOLDER))("every file of the corpus, where it is there, comes to the same in both hosts", () => {
  const { root, files } = readCorpus(FOLDER);
  const ranges = path.join(import.meta.dirname, "forbidden-ranges.yaml");
  const setup: Setup = { rules, cwd: toPosix(root), settings: { ranges, id: "corpus", today: "2026-01-01" } };
  const different = files.filter((file) => {
    const [name, text] = [toPosix(path.join(root, file)), readFileSync(path.join(root, file), "utf8")];
    return JSON.stringify(runOurs(setup, name, text)) !== JSON.stringify(runESLint(setup, name, text));
  });
  expect(files.length).toBeGreaterThan(0);
  expect(different).toEqual([]);
});
