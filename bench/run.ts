import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { casesOfThree, casesOver, casesWithList, unbuilt, type Case } from "./cases.js";
import { writeWorkspace } from "./generate.js";
import { measure, medianCost, type Cost } from "./measure.js";
import { seededRandom } from "./random.js";
import { table } from "./table.js";
import { verdicts, type Result } from "./targets.js";

const sizes = [1, 100, 1000];
const sizeWithList = 1000;
const sizeOfThree = 1000;
const forbiddenPerFamily = 50_000;
const seed = 20_260_101;

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    repetitions: { type: "string" },
  },
});
const repetitions = Number(flags.repetitions ?? (flags.quick ? 3 : 5));

const temporary = mkdtempSync(path.join(tmpdir(), "compose-networks-bench-"));
try {
  if (unbuilt.length > 0) console.log(`Not built, so left out: ${unbuilt.join("; ")}.\n`);
  const results = await measureAll(prepareCases(temporary), path.join(temporary, "usage.json"));
  console.log(`Medians of ${repetitions} interleaved repetitions; node ${process.version}, seed ${seed}.`);
  console.log(
    "Only the ratios (×, to parse alone in this run) can be compared with those of another run or machine.\n",
  );
  console.log(`${table(results)}\n`);
  console.log(verdicts(results).join("\n"));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function prepareCases(folder: string): Case[] {
  const cases = sizes.flatMap((projects) => {
    const workspace = path.join(folder, `of-${projects}`);
    writeWorkspace(workspace, { projects, forbiddenPerFamily: 0 }, seededRandom(seed));
    return casesOver(workspace, projects, { full: flags.full });
  });
  const withList = path.join(folder, `of-${sizeWithList}-with-list`);
  writeWorkspace(withList, { projects: sizeWithList, forbiddenPerFamily }, seededRandom(seed));
  const ofThree = path.join(folder, `of-${sizeOfThree}-with-three-files`);
  writeWorkspace(ofThree, { projects: sizeOfThree, forbiddenPerFamily: 0, filesEach: 3 }, seededRandom(seed));
  return [...cases, ...casesWithList(withList, sizeWithList), ...casesOfThree(ofThree, sizeOfThree)];
}

/** Runs every case once, then every case again, so that a busy minute of the machine falls on all of them. */
async function measureAll(cases: readonly Case[], usageFile: string): Promise<Result[]> {
  const costs = new Map<Case, Cost[]>(cases.map((each) => [each, []]));
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    process.stderr.write(`repetition ${repetition} of ${repetitions}\n`);
    for (const [{ args, folder }, soFar] of costs) soFar.push(await measure(args, folder, usageFile));
  }
  return [...costs].map(([{ program, projects }, soFar]) => ({ program, projects, cost: medianCost(soFar) }));
}
