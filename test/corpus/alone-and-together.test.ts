import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { seededRandom } from "../../bench/random.js";
import { createHost } from "./host.js";
import { readCorpus } from "./read-corpus.js";

const folder = path.join(import.meta.dirname, "../../../shared/corpus");
const ranges = path.join(import.meta.dirname, "forbidden-ranges.yaml");
const seed = Date.now() % 2 ** 31;

describe.skipIf(!existsSync(folder))("files of the corpus (skipped where there is no ../shared/corpus)", () => {
  it(`have the same findings in any order, seed ${seed}`, () => {
    const { root, files } = readCorpus(folder);
    const random = seededRandom(seed);
    const sample = files.filter(() => random() < 150 / files.length);
    const shuffled = sample.map((file) => ({ file, at: random() })).sort((left, right) => left.at - right.at);
    const host = createHost({ root, ranges });
    const lint = (file: string): unknown => {
      const absolute = path.join(root, file);
      return host.lint(absolute, readFileSync(absolute, "utf8")).messages;
    };
    const together = new Map(sample.map((file) => [file, lint(file)]));
    for (const { file } of shuffled) expect(lint(file), file).toEqual(together.get(file));
  });
});
