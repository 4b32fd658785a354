import { parseArgs } from "node:util";

import { seededRandom } from "../../../bench/random.js";
import type { EngineRelease } from "../../../src/compose/engine/releases.js";
import { startEngine } from "../../engine/engine.js";
import { ENGINE_LINES, packagedEngine, type EngineLine, type PackagedEngine } from "../../engine/packaged.js";
import { addressCases } from "./address-cases.js";
import { compareAddresses } from "./compare-addresses.js";
import { compareCreated } from "./compare-created.js";
import { importImage } from "./import-image.js";
import { askForNetwork, type Answer } from "./ask.js";
import { generatedCases } from "./generated-cases.js";
import { handMadeCases } from "./hand-made-cases.js";
import { judge } from "./judge.js";
import type { NetworkCase } from "./network-case.js";
import { refusalsBy } from "./our-verdict.js";
import { RECORDED_29 } from "./recorded-29.js";
import { report, type Judged } from "./table.js";

const { values: flags } = parseArgs({
  options: {
    generated: { type: "string", default: "300" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    engine: { type: "string", multiple: true, default: [...ENGINE_LINES] },
    only: { type: "string" },
    /** How many of the hand-made cases Compose is asked for as well, drawn by the seed; all of them unless given. */
    created: { type: "string" },
  },
});

const RELEASES: Readonly<Record<EngineLine, EngineRelease>> = { "28.5": "28", "26.1": "26", "20.10": "20.10" };

const handMade = handMadeCases(0);
const all = [...handMade, ...generatedCases(Number(flags.generated), Number(flags.seed), handMade.length)];
const addresses = addressCases(all.length).filter(({ name }) => flags.only === undefined || name.includes(flags.only));
const cases = all.filter(({ name }) => flags.only === undefined || name.includes(flags.only));

const byCompose = drawn(handMadeCases(all.length + addresses.length));
const count = cases.length + addresses.length + byCompose.length;
console.log(`${count} cases for each engine, seed ${flags.seed}`);

const lines = ENGINE_LINES.filter((line) => flags.engine.includes(line));
await Promise.all(
  lines.map(async (line) => {
    const packaged = packagedEngine(line);
    if (typeof packaged === "string") console.log(`skipped: ${packaged}`);
    else print(`Docker Engine ${packaged.release}`, await compareAll(packaged));
  }),
);
print(
  "Docker Engine 29.7.2, as recorded",
  RECORDED_29.map(({ definition, answer }) => judged("29", { name: JSON.stringify(definition), definition }, answer)),
);

async function compareAll(packaged: PackagedEngine): Promise<Judged[]> {
  const engine = await startEngine(packaged);
  const socket = engine.dockerHost.replace("unix://", "");
  try {
    const results: Judged[] = [];
    for (const [index, each] of cases.entries()) {
      const answer = await askForNetwork(socket, `case-${index}`, each.definition);
      results.push(judged(RELEASES[packaged.line], each, answer));
    }
    const image = await importImage(engine);
    return [
      ...results,
      ...(await compareAddresses(engine, packaged.line, image, addresses)),
      ...(await compareCreated(engine, RELEASES[packaged.line], image, byCompose)),
    ];
  } finally {
    await engine.stop();
  }
}

function drawn(made: readonly NetworkCase[]): readonly NetworkCase[] {
  const random = seededRandom(Number(flags.seed));
  const shuffled = made.map((each) => ({ each, at: random() })).sort((left, right) => left.at - right.at);
  return shuffled
    .slice(0, Number(flags.created ?? made.length))
    .map(({ each }) => each)
    .filter(({ name }) => flags.only === undefined || name.includes(flags.only));
}

function judged(engine: EngineRelease, { name, definition }: NetworkCase, answer: Answer): Judged {
  return { name, verdict: judge(refusalsBy(engine, definition), answer), refused: answer.kind === "refused" };
}

function print(engine: string, results: readonly Judged[]): void {
  console.log(report(engine, results));
  if (results.some(({ verdict }) => ["miss", "false alarm"].includes(verdict.kind))) process.exitCode = 1;
}
