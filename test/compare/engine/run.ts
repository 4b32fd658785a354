import { parseArgs } from "node:util";

import { ENGINE_LINES, type EngineLine } from "../../engine/packaged.js";
import { runNetworks } from "./run-networks.js";
import { generatedStarted } from "./started/generated-started.js";
import { runRecorded, runStarted } from "./started/run-started.js";
import { readStartedCases } from "./started/started-case.js";
import { variedCases } from "./started/vary.js";

const { values: flags } = parseArgs({
  options: {
    generated: { type: "string", default: "300" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    engine: { type: "string", multiple: true },
    only: { type: "string" },
    /** How many of the hand-made cases Compose is asked for as well, drawn by the seed; all of them unless given. */
    created: { type: "string" },
    /** A file of projects whose containers are started, in place of all the others. */
    cases: { type: "string" },
    /** The seed for other names, addresses and orders in them. */
    vary: { type: "string" },
    /** So many networks made by chance, whose containers are started, in place of all the others. */
    started: { type: "string" },
    /** Compare with the verdicts in the file, without an engine. */
    recorded: { type: "boolean", default: false },
  },
});

if (!(await compare())) process.exitCode = 1;

function compare(): Promise<boolean> {
  if (flags.cases !== undefined) return compareCases(flags.cases);
  return flags.started === undefined ? compareNetworks() : compareGenerated(Number(flags.started));
}

function compareGenerated(count: number): Promise<boolean> {
  console.log(`${count} networks whose containers are started, seed ${flags.seed}`);
  const cases = generatedStarted(count, Number(flags.seed)).filter(
    ({ name }) => flags.only === undefined || name.includes(flags.only),
  );
  return runStarted(cases, linesOf(["28.5"]), true);
}

function compareNetworks(): Promise<boolean> {
  const { generated, seed, created, only } = flags;
  return runNetworks(linesOf(ENGINE_LINES), {
    generated: Number(generated),
    seed: Number(seed),
    created: created === undefined ? Infinity : Number(created),
    only,
  });
}

/** The verdicts in such files are those of 28.5. */
function compareCases(file: string): Promise<boolean> {
  const read = readStartedCases(file).filter(({ name }) => flags.only === undefined || name.includes(flags.only));
  const cases = flags.vary === undefined ? read : variedCases(read, Number(flags.vary));
  console.log(`${cases.length} cases${flags.vary === undefined ? "" : `, varied by seed ${flags.vary}`}`);
  return flags.recorded ? runRecorded(cases) : runStarted(cases, linesOf(["28.5"]));
}

function linesOf(unlessGiven: readonly EngineLine[]): readonly EngineLine[] {
  return ENGINE_LINES.filter((line) => (flags.engine ?? unlessGiven).includes(line));
}
