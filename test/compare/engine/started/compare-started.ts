import path from "node:path";

import type { EngineRelease } from "../../../../src/compose/engine/releases.js";
import { startEngine, type Engine } from "../../../engine/engine.js";
import type { PackagedEngine } from "../../../engine/packaged.js";
import type { ContainerRuntime } from "../../../engine/runtime.js";
import { temporaryFolder } from "../../../temporary-folder.js";
import { importImage } from "../import-image.js";
import { ourVerdict, type OurVerdict } from "./our-verdict.js";
import { startCase, writeCase, type Run } from "./start.js";
import type { StartedCase, StartedVerdict } from "./started-case.js";

/** One case: what we say, and what came of it. */
export interface StartedResult {
  readonly name: string;
  readonly judgement: Judgement;
  readonly ours: OurVerdict;
  readonly theirs: StartedVerdict;
  /** In the words of whoever refused. */
  readonly error: string;
  /** What the file says came of it, where that is something else. */
  readonly recorded: StartedVerdict | undefined;
}

export type Judgement =
  | "agreement"
  /** It fails, and we say nothing, or say that it may fail where it always does. */
  | "miss"
  /** It may fail to us, and always went one way when it was tried: no order of starting was seen to be different. */
  | "unseen"
  /** It starts, and we say that it does not; or it is certain to us and a matter of luck to the engine. */
  | "false alarm";

export function judgeStarted({ kind }: Pick<OurVerdict, "kind">, theirs: StartedVerdict): Judgement {
  const expected = { ok: "ok", refused: "refused", race: "may fail" } as const;
  if (kind === expected[theirs]) return "agreement";
  if (theirs === "ok" || kind === "refused") return "false alarm";
  return "miss";
}

/** Compares what we say with what the cases themselves record. No engine is needed. */
export async function compareRecorded(
  cases: readonly StartedCase[],
  release: EngineRelease,
): Promise<readonly StartedResult[]> {
  const folders = temporaryFolder("recorded");
  const results: StartedResult[] = [];
  for (const [index, each] of cases.entries()) {
    const folder = path.join(folders, `case-${index}`);
    writeCase(each, folder);
    const ours = await ourVerdict(folder, release);
    const { name, verdict: theirs, error } = each;
    results.push({ name, judgement: judgeStarted(ours, theirs), ours, theirs, error, recorded: undefined });
  }
  return results;
}

/** Where it is a matter of luck, both ends are seen in so many runs; one in two is seen twelve times in a row once in 4,000. */
const MOST_RUNS = 12;

/** What cases are started with. */
export interface Equipment {
  readonly packaged: PackagedEngine;
  readonly runtime: ContainerRuntime;
  /** Nobody has looked at the cases: where it is a matter of luck, what comes of it is only seen. */
  readonly isGenerated?: boolean;
}

/** Starts every case on an engine of its own kind, and compares what we say with what came of it. */
export async function compareStarted(
  cases: readonly StartedCase[],
  release: EngineRelease,
  { packaged, runtime, isGenerated = false }: Equipment,
): Promise<readonly StartedResult[]> {
  const results: StartedResult[] = [];
  for (const docker0 of [false, true]) {
    const own = cases.filter((each) => each.docker0 === docker0);
    const lab = new Lab(packaged, runtime, docker0);
    try {
      for (const each of own) {
        const result = await compareOne(each, release, lab);
        const isUnseen = isGenerated && result.ours.kind === "may fail" && result.theirs !== "race";
        const judgement = isUnseen ? "unseen" : result.judgement;
        results.push({ ...result, judgement, recorded: isGenerated ? undefined : result.recorded });
      }
    } finally {
      await lab.close();
    }
  }
  return results;
}

async function compareOne(each: StartedCase, release: EngineRelease, lab: Lab): Promise<StartedResult> {
  const folder = lab.newFolder();
  writeCase(each, folder);
  const ours = await ourVerdict(folder, release);
  const most = each.verdict === "race" || ours.kind === "may fail" ? MOST_RUNS : 1;
  let runs = await lab.start(each, folder, most);
  // An engine may keep in mind what an earlier case asked for: whoever contradicts us is asked again, on a new one.
  if (judgeStarted(ours, verdictOf(runs)) !== "agreement") {
    await lab.close();
    runs = await lab.start(each, folder, most);
  }
  const theirs = verdictOf(runs);
  const error = runs.find((run) => run.kind === "refused")?.message ?? "";
  const recorded = theirs === each.verdict ? undefined : each.verdict;
  return { name: each.name, judgement: judgeStarted(ours, theirs), ours, theirs, error, recorded };
}

function verdictOf(runs: readonly Run[]): StartedVerdict {
  const refused = runs.filter(({ kind }) => kind === "refused").length;
  return refused === 0 ? "ok" : refused === runs.length ? "refused" : "race";
}

/** The parents that cases name. */
const LINKS = ["eth0", "eth1", "eth2", "eth3", "eth4", "eth5"];

/** An engine with an image and interfaces, which is there when it is asked for. */
class Lab {
  readonly #folders = temporaryFolder("started");
  #cases = 0;
  #engine: Engine | undefined;

  constructor(
    readonly packaged: PackagedEngine,
    readonly runtime: ContainerRuntime,
    readonly docker0: boolean,
  ) {}

  /** What was read of one is not taken for another. */
  newFolder(): string {
    this.#cases += 1;
    return path.join(this.#folders, `case-${this.#cases}`);
  }

  /** Until both ends are seen, or as often as that is worth. */
  async start(each: StartedCase, folder: string, most: number): Promise<readonly Run[]> {
    this.#engine ??= await this.#open();
    const runs: Run[] = [];
    while (runs.length < most && verdictOf(runs) !== "race") runs.push(await startCase(each, folder, this.#engine));
    return runs;
  }

  async close(): Promise<void> {
    await this.#engine?.stop();
    this.#engine = undefined;
  }

  async #open(): Promise<Engine> {
    const { runtime, docker0: defaultBridge } = this;
    const engine = await startEngine(this.packaged, { runtime, defaultBridge, links: LINKS });
    await importImage(engine, runtime);
    return engine;
  }
}
