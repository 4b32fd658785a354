import { seededRandom } from "../../../bench/random.js";
import type { EngineRelease } from "../../../src/compose/engine/releases.js";
import { startEngine } from "../../engine/engine.js";
import { packagedEngine, type EngineLine, type PackagedEngine } from "../../engine/packaged.js";
import { containerRuntime } from "../../engine/runtime.js";
import { addressCases, type AddressCase } from "./address-cases.js";
import { askForNetwork, type Answer } from "./ask.js";
import { compareAddresses } from "./compare-addresses.js";
import { compareCreated } from "./compare-created.js";
import { generatedCases } from "./generated-cases.js";
import { handMadeCases } from "./hand-made-cases.js";
import { importImage } from "./import-image.js";
import { judge } from "./judge.js";
import type { NetworkCase } from "./network-case.js";
import { refusalsBy } from "./our-verdict.js";
import { RECORDED_29 } from "./recorded-29.js";
import { RELEASES } from "./started/run-started.js";
import { report, type Judged } from "./table.js";

export interface NetworkRun {
  readonly generated: number;
  readonly seed: number;
  /** How many of the hand-made cases Compose is asked for as well. */
  readonly created: number;
  /** Only cases with this in their names. */
  readonly only: string | undefined;
}

interface Cases {
  readonly networks: readonly NetworkCase[];
  readonly addresses: readonly AddressCase[];
  readonly byCompose: readonly NetworkCase[];
}

/**
 * Asks engines for single networks and addresses, and compares what we say of them.
 *
 * @returns whether nothing was missed and no alarm was false.
 */
export async function runNetworks(lines: readonly EngineLine[], run: NetworkRun): Promise<boolean> {
  const cases = casesOf(run);
  const count = cases.networks.length + cases.addresses.length + cases.byCompose.length;
  console.info(`${count} cases for each engine, seed ${run.seed}`);
  const verdicts = await Promise.all(
    lines.map(async (line) => {
      const packaged = packagedEngine(line);
      if (typeof packaged !== "string")
        return print(`Docker Engine ${packaged.release}`, await compareAll(packaged, cases));
      console.info(`skipped: ${packaged}`);
      return true;
    }),
  );
  const recorded = RECORDED_29.map(({ definition, answer }) =>
    judged("29", { name: JSON.stringify(definition), definition }, answer),
  );
  return print("Docker Engine 29.7.2, as recorded", recorded) && verdicts.every(Boolean);
}

function casesOf({ generated, seed, created, only }: NetworkRun): Cases {
  const isAsked = ({ name }: { readonly name: string }): boolean => only === undefined || name.includes(only);
  const handMade = handMadeCases(0);
  const networks = [...handMade, ...generatedCases(generated, seed, handMade.length)];
  const addresses = addressCases(networks.length);
  const byCompose = drawn(handMadeCases(networks.length + addresses.length), created, seed);
  return {
    networks: networks.filter(isAsked),
    addresses: addresses.filter(isAsked),
    byCompose: byCompose.filter(isAsked),
  };
}

async function compareAll(packaged: PackagedEngine, { networks, addresses, byCompose }: Cases): Promise<Judged[]> {
  const runtime = containerRuntime();
  const engine = await startEngine(packaged, typeof runtime === "string" ? {} : { runtime });
  const socket = engine.dockerHost.replace("unix://", "");
  const release = RELEASES[packaged.line];
  try {
    const results: Judged[] = [];
    for (const [index, each] of networks.entries()) {
      const answer = await askForNetwork(socket, `case-${index}`, each.definition);
      results.push(judged(release, each, answer));
    }
    if (typeof runtime === "string") {
      console.info(`skipped: what needs containers: ${runtime}`);
      return results;
    }
    const image = await importImage(engine, runtime);
    return [
      ...results,
      ...(await compareAddresses(engine, image, addresses)),
      ...(await compareCreated(engine, release, image, byCompose)),
    ];
  } finally {
    await engine.stop();
  }
}

function drawn(made: readonly NetworkCase[], count: number, seed: number): readonly NetworkCase[] {
  const random = seededRandom(seed);
  const shuffled = made.map((each) => ({ each, at: random() })).sort((left, right) => left.at - right.at);
  return shuffled.slice(0, count).map(({ each }) => each);
}

function judged(engine: EngineRelease, { name, definition }: NetworkCase, answer: Answer): Judged {
  return { name, verdict: judge(refusalsBy(engine, definition), answer), refused: answer.kind === "refused" };
}

function print(engine: string, results: readonly Judged[]): boolean {
  console.info(report(engine, results));
  return !results.some(({ verdict }) => ["miss", "false alarm"].includes(verdict.kind));
}
