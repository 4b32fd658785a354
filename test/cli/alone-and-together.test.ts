import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { seededRandom } from "../../bench/random.js";
import { readCorpus } from "../corpus/read-corpus.js";
import { folderWith, run, type Folder } from "./command.js";

const corpus = path.join(import.meta.dirname, "../../../shared/corpus");
const ranges = path.join(import.meta.dirname, "../corpus/forbidden-ranges.yaml");
const seed = Date.now() % 2 ** 31;

/** So many processes take a few seconds. */
const FILES = 14;

describe.skipIf(!existsSync(corpus))("files of the corpus (skipped where there is no ../shared/corpus)", () => {
  it(`have the same findings alone, each in a process of its own, and all together, seed ${seed}`, () => {
    const { folder, files } = sampleOf(seed);
    const together = findingsIn(folder, files);
    expect(together).not.toEqual([]);
    for (const file of files) {
      const alone = findingsIn(folder, [file]);
      const isOfFile = (finding: Finding): boolean => finding.file === file;
      expect(alone.filter(isOfFile), file).toEqual(together.filter(isOfFile));
      // Those of the other files of its projects.
      expect(together, file).toEqual(expect.arrayContaining([...alone]));
    }
  });
});

/** Some files by chance, in an order of chance, and whatever of the corpus lies in the same directories. */
function sampleOf(seed: number): { folder: Folder; files: readonly string[] } {
  const { root, files } = readCorpus(corpus);
  const random = seededRandom(seed);
  const shuffled = files.map((file) => ({ file, at: random() })).sort((left, right) => left.at - right.at);
  const sample = shuffled.slice(0, FILES).map(({ file }) => file);
  const folder = folderWith();
  for (const directory of new Set(sample.map((file) => path.dirname(file)))) {
    for (const entry of readdirSync(path.join(root, directory), { withFileTypes: true })) {
      const file = path.join(directory, entry.name);
      if (entry.isFile()) folder.write(file, readFileSync(path.join(root, file)));
    }
  }
  return { folder, files: sample };
}

interface Finding {
  readonly file: string;
}

function findingsIn(folder: Folder, files: readonly string[]): readonly Finding[] {
  const { stdout, stderr } = run(folder, ["--ranges", ranges, "--format", "json", "--", ...files]);
  if (!stdout.startsWith("{")) throw new Error(`no report: ${stderr}`);
  return (JSON.parse(stdout) as { readonly findings: readonly Finding[] }).findings;
}
