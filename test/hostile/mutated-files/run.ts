import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { seededRandom } from "../../../bench/random.js";
import { diceOf } from "../../compare/compose/dice.js";
import { readCorpus } from "../../corpus/read-corpus.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { Site } from "../site.js";
import { copyPrograms } from "../start.js";
import { judgeCommand, judgeTexts, type Complaint } from "./judge-batch.js";
import { mutate } from "./mutate.js";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    mutations: { type: "string", default: "3000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    /** Where files that are worse off are kept, as they were before. */
    keep: { type: "string" },
  },
});
/** Files that are together in one workspace. */
const BATCH = 150;
/** Of larger files there are few, and they take most of the time. */
const LARGEST = 20_000;
/** Seconds for one batch. */
const PATIENCE = 600;
const POLICY = path.join(import.meta.dirname, "..", "..", "corpus", "forbidden-ranges.yaml");

if (!existsSync(flags.corpus)) {
  console.log(`no folder ${flags.corpus}`);
  process.exit(3);
}
const seed = Number(flags.seed);
const total = Number(flags.mutations);
console.log(`seed ${seed}, ${total} mutated files`);

const dice = diceOf(seededRandom(seed));
const { root, files: names } = readCorpus(flags.corpus);
const originals = names.map((name) => readFileSync(path.join(root, name))).filter(({ length }) => length <= LARGEST);
const folder = temporaryFolder("mutated");
const programs = copyPrograms(folder);
const complaints: Complaint[] = [];
/** The rules go over one batch while the command goes over the one before. */
let commands: Promise<void> = Promise.resolve();

for (let done = 0; done < total; done += BATCH) {
  const site = new Site(path.join(folder, `batch-${done}`));
  copyFileSync(POLICY, site.at("forbidden-ranges.yaml"));
  const files = Array.from({ length: Math.min(BATCH, total - done) }, (_, index) => `m${done + index}/compose.yaml`);
  for (const file of files) site.write(file, mutate(dice, originals[dice.below(originals.length)] ?? Buffer.alloc(0)));
  const found = await judgeTexts(site, files);
  keepOnes(site, found);
  show(found);
  await commands;
  commands = judgeCommand(programs, site, files, PATIENCE).then((more) => {
    show(more);
    rmSync(site.root, { recursive: true, force: true });
  });
}
await commands;

const worseOff = new Set(complaints.filter(({ kind }) => kind === "worse").map(({ file }) => file)).size;
const crashes = complaints.filter(({ kind }) => kind === "crashes").length;
console.log(`mutated files: ${total}, crashes: ${crashes}, worse after --fix: ${worseOff}`);
process.exitCode = crashes + worseOff > 0 || total === 0 ? 1 : 0;

function show(found: readonly Complaint[]): void {
  for (const { kind, file, detail } of found) console.log(`${kind}: ${file}: ${detail.slice(0, 400)}`);
  complaints.push(...found);
}

/** The seed makes them anew as well; a file in hand is quicker. */
function keepOnes(site: Site, found: readonly Complaint[]): void {
  if (flags.keep === undefined) return;
  mkdirSync(flags.keep, { recursive: true });
  for (const { file } of found) copyFileSync(site.at(file), path.join(flags.keep, file.replace("/", "-")));
}
