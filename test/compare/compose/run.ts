import { rmSync } from "node:fs";
import { parseArgs } from "node:util";

import { seededRandom } from "../../../bench/random.js";
import { atExit } from "../../engine/at-exit.js";
import type { ProjectCase } from "./ask.js";
import { packagedCompose, type ComposeBinary, type PackagedVersion } from "./binary.js";
import { corpusProjects } from "./corpus-projects.js";
import { generatedProjects } from "./generated-projects.js";
import { judge } from "./judge.js";
import { report, type Judged } from "./table.js";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    generated: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    version: { type: "string", multiple: true, default: ["2.40"] },
    sample: { type: "string" },
    only: { type: "string" },
    keep: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});
const [folder] = positionals;
if ((folder === undefined) === (flags.generated === undefined)) {
  console.error("usage: npm run compare:compose -- FOLDER [--sample COUNT] | --generated COUNT");
  console.error("       [--seed N] [--version 2.40|2.26] [--only TEXT] [--keep] [--verbose]");
  process.exit(2);
}

/** Compose is started this often at the same time. */
const AT_ONCE = 2;

/** The exit code when there is no Compose to compare with. */
const SKIPPED = 3;

for (const version of flags.version.filter(isPackaged)) {
  const binary = packagedCompose(version);
  if (typeof binary === "string") {
    console.log(`skipped: ${binary}`);
    process.exitCode ??= SKIPPED;
  } else await compareAll(binary);
}

async function compareAll(binary: ComposeBinary): Promise<void> {
  const generated =
    flags.generated === undefined ? undefined : generatedProjects(Number(flags.generated), Number(flags.seed));
  const cases = generated?.cases ?? (folder === undefined ? [] : sampled(corpusProjects(folder)));
  if (generated && !flags.keep) atExit(() => rmSync(generated.folder, { recursive: true }));
  const chosen = cases.filter(({ name }) => flags.only === undefined || name.includes(flags.only));
  const judged = await judgeAll(binary, chosen);
  console.log(`Compose ${binary.release}${generated || flags.sample ? `, seed ${flags.seed}` : ""}`);
  console.log(report(judged));
  if (flags.verbose) for (const each of judged) console.log(JSON.stringify(each));
  if (judged.some(({ verdict }) => verdict.kind === "different")) process.exitCode = 1;
}

/** Some of the projects by chance, or all of them. */
function sampled(cases: readonly ProjectCase[]): readonly ProjectCase[] {
  if (flags.sample === undefined) return cases;
  const random = seededRandom(Number(flags.seed));
  const shuffled = cases.map((project) => ({ project, at: random() })).sort((left, right) => left.at - right.at);
  return shuffled.slice(0, Number(flags.sample)).map(({ project }) => project);
}

async function judgeAll(binary: ComposeBinary, cases: readonly ProjectCase[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < cases.length; index = next++) {
      const project = cases[index];
      if (project) judged[index] = { name: project.name, verdict: await judge(binary, project) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return judged;
}

function isPackaged(version: string): version is PackagedVersion {
  return version === "2.40" || version === "2.26";
}
