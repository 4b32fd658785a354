import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { temporaryFolder } from "../temporary-folder.js";
import { createHost } from "./host.js";
import { judge, type Verdict } from "./judge.js";
import { readCorpus, type Corpus } from "./read-corpus.js";
import { showSummary, summarize } from "./table.js";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, verbose: { type: "boolean", default: false } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error("usage: npm run corpus -- FOLDER [--json] [--verbose]");
  process.exit(2);
}

const ranges = path.join(import.meta.dirname, "forbidden-ranges.yaml");
const corpus = readCorpus(folder);
const host = createHost({ root: corpus.root, ranges });
const first = corpus.files.map((file) => {
  const absolute = path.join(corpus.root, file);
  return judge(host, absolute, readFileSync(absolute, "utf8"));
});
const verdicts = secondRun(corpus, first);
const summary = summarize(verdicts);

for (const { file, wrongs } of verdicts) {
  for (const { wrong, detail } of wrongs) console.error(`${path.relative(corpus.root, file)}: ${wrong}: ${detail}`);
}
if (flags.verbose)
  for (const { file, obstacles } of verdicts) for (const obstacle of obstacles) console.error(`${file}: ${obstacle}`);
console.log(flags.json ? JSON.stringify(summary, undefined, 2) : showSummary(summary));
process.exitCode = Object.values(summary.wrongs).some((count) => count > 0) ? 1 : 0;

/**
 * Writes every fixed text into a copy of the folder and lints again what was fixed: with all of the fixes on the disk,
 * no file may have anything left to fix.
 */
function secondRun({ root, files }: Corpus, verdicts: readonly Verdict[]): readonly Verdict[] {
  const temporary = temporaryFolder("corpus");
  cpSync(root, temporary, { recursive: true });
  files.forEach((file, index) => {
    const fixed = verdicts[index]?.fixed;
    if (fixed !== undefined) writeFileSync(path.join(temporary, file), fixed);
  });
  const again = createHost({ root: temporary, ranges });
  return verdicts.map((verdict, index) => {
    const copy = path.join(temporary, files[index] ?? "");
    if (verdict.fixed === undefined || again.fix(copy, verdict.fixed) === verdict.fixed) return verdict;
    return {
      ...verdict,
      wrongs: [...verdict.wrongs, { wrong: "files that a second run still changes", detail: "" }],
    };
  });
}
