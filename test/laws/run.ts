import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { seededRandom } from "../../bench/random.js";
import { packagedCompose } from "../compare/compose/binary.js";
import { diceOf } from "../compare/compose/dice.js";
import { createHost } from "../corpus/host.js";
import { readCorpus } from "../corpus/read-corpus.js";
import { ConcurrencyLaw } from "./concurrency.js";
import { generateText } from "./generated.js";
import { Law } from "./law.js";
import { MergeTrials } from "./merges.js";
import { OneFileLaws } from "./one-file.js";
import { OrderLaws } from "./orders.js";
import { RenumberLaws } from "./renumbered.js";

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: "../shared/corpus" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    reduced: { type: "boolean", default: false },
  },
});
const seed = Number(flags.seed);
const SIZES = flags.reduced
  ? { corpus: 300, generated: 800, orders: 40, workers: 2, merges: 100, renumbered: 300 }
  : { corpus: Infinity, generated: 5000, orders: 300, workers: 20, merges: 1000, renumbered: Infinity };
const ranges = path.join(import.meta.dirname, "..", "corpus", "forbidden-ranges.yaml");
const dice = diceOf(seededRandom(seed));
console.log(`seed ${seed}${flags.reduced ? ", reduced" : ""}`);

const temporary = mkdtempSync(path.join(tmpdir(), "compose-networks-laws-"));
let broken = 0;
try {
  ofGeneratedFiles();
  ofOrders();
  ofMerges();
  if (existsSync(flags.corpus)) await ofTheCorpus();
  else console.log(`SKIPPED: the laws over real files, since there is no ${flags.corpus}`);
} finally {
  rmSync(temporary, { recursive: true });
}
process.exitCode = broken > 0 ? 1 : 0;

function show(title: string, laws: readonly Law[]): void {
  console.log(`\n${title}`);
  for (const { name, cases, violations } of laws) {
    broken += violations.length;
    console.log(`${String(cases).padStart(6)} cases ${String(violations.length).padStart(4)} violations  ${name}`);
    for (const violation of violations.slice(0, 5)) console.log(`       ${violation}`);
  }
}

function ofGeneratedFiles(): void {
  const laws = new OneFileLaws(createHost({ root: temporary, ranges }));
  for (let number = 0; number < SIZES.generated; number += 1) {
    laws.try(`file ${number}`, path.join(temporary, "compose.yaml"), generateText(dice));
  }
  show("generated files", laws.laws);
}

function ofOrders(): void {
  const laws = new OrderLaws();
  for (let number = 0; number < SIZES.orders; number += 1) laws.try(dice, `workspace ${number}`);
  const workers = new ConcurrencyLaw();
  for (let number = 0; number < SIZES.workers; number += 1) workers.try(dice, `workspace ${number}`);
  show("generated workspaces of 4 files", [...laws.laws, workers.law]);
}

function ofMerges(): void {
  const trials = new MergeTrials();
  for (let number = 0; number < SIZES.merges; number += 1) trials.try(dice, number);
  const { law, overlaps } = trials;
  if (overlaps > law.cases / 100) law.violations.push(`${overlaps} overlaps`);
  show(`merges of two branches (${overlaps} with an overlap)`, [law]);
}

async function ofTheCorpus(): Promise<void> {
  const { root, files } = readCorpus(flags.corpus);
  const copy = path.join(temporary, "corpus");
  cpSync(root, copy, { recursive: true });
  const some = files.slice(0, SIZES.corpus);
  const laws = new OneFileLaws(createHost({ root: copy, ranges }));
  for (const file of some) laws.try(file, path.join(copy, file), readFileSync(path.join(copy, file), "utf8"));
  show("real files", laws.laws);

  const binary = packagedCompose("2.40");
  if (typeof binary === "string") {
    console.log(`SKIPPED: renumbering, as the real Compose sees it: ${binary}`);
    return;
  }
  const renumbering = new RenumberLaws(copy, binary);
  for (const file of files.slice(0, SIZES.renumbered)) await renumbering.try(file);
  show(`renumbering of real files (${renumbering.unread} more that Compose refuses)`, [renumbering.law]);
  for (const reason of new Set(renumbering.refused)) {
    console.log(
      `${String(renumbering.refused.filter((one) => one === reason).length).padStart(6)} not moved, because ${reason}`,
    );
  }
}
