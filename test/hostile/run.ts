import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

import { temporaryFolder } from "../temporary-folder.js";
import { CLASSES, command, type GrowingInput, type Input } from "./input.js";
import { INPUTS } from "./inputs/index.js";
import { runKills } from "./kills.js";
import { TROUBLES, type Trouble } from "./observe.js";
import { Site } from "./site.js";
import { copyPrograms, start } from "./start.js";
import { CLEAN } from "./texts.js";
import { tryGrowth, tryInput, type Idle, type Trial } from "./try-input.js";

const { values: flags } = parseArgs({
  options: {
    /** A part of the name of a class or of an input. */
    only: { type: "string", default: "" },
    /** Seconds for one call: generous, for a slow machine. What takes longer hangs. */
    patience: { type: "string", default: "60" },
    /** How often a write is ended by SIGKILL, and by SIGINT or SIGTERM. */
    kills: { type: "string", default: "100" },
    interrupts: { type: "string", default: "40" },
    /** Of the moments at which writes are ended. */
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
  },
});

const folder = temporaryFolder("hostile");
chmodSync(folder, 0o755);
const sites = path.join(folder, "sites");
const trial: Trial = { programs: copyPrograms(folder), folder: sites, patience: Number(flags.patience) };
mkdirSync(sites);

/** An input with its class, and what came of it. */
interface Result {
  readonly kind: (typeof CLASSES)[number];
  readonly input: Input | GrowingInput;
  readonly skipped: string | undefined;
  readonly troubles: readonly Trouble[];
}

const chosen = CLASSES.flatMap((kind) => INPUTS[kind].map((input) => ({ kind, input }))).filter(
  ({ kind, input }) => kind.includes(flags.only) || input.name.includes(flags.only),
);
const idle = await measureIdle();
const results: Result[] = [];
let next = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
const ended = "files left, kills".includes(flags.only) ? await endWrites() : [];
show();

async function work(): Promise<void> {
  for (;;) {
    const number = next++;
    const one = chosen[number];
    if (!one) return;
    const skipped = "build" in one.input && "calls" in one.input ? one.input.obstacle?.() : undefined;
    const troubles = skipped === undefined ? await attempt(one.input, number) : [];
    results.push({ ...one, skipped, troubles });
  }
}

async function attempt(input: Input | GrowingInput, number: number): Promise<readonly Trouble[]> {
  try {
    return await ("calls" in input ? tryInput(trial, input, number) : tryGrowth(trial, input, number, idle));
  } catch (error) {
    const detail = `it could not be tried: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return [{ kind: "wrong answers", detail }];
  } finally {
    for (const name of readdirSync(sites)) {
      if (name === String(number) || name.startsWith(`${number}-`)) removeTree(path.join(sites, name));
    }
  }
}

/** Also where folders are closed, and names are too long for a path. */
function removeTree(place: string): void {
  const open = spawnSync("chmod", ["-R", "u+rwX", place], { stdio: "ignore" });
  if (open.error) throw open.error;
  spawnSync("rm", ["-rf", place], { stdio: "ignore" });
  rmSync(place, { recursive: true, force: true });
}

/** Runs of --fix that are ended in the middle: no file torn, none left behind. */
async function endWrites(): Promise<readonly Trouble[]> {
  const [kills, interrupts, seed] = [Number(flags.kills), Number(flags.interrupts), Number(flags.seed)];
  const { torn, left, found } = await runKills({ kills, interrupts, seed });
  console.log(
    `kills: ${kills}, interrupts: ${interrupts}, seed: ${seed}, left by kills and removed by the next fix: ${found}`,
  );
  return [...torn.map((file) => `torn: ${file}`), ...left.map((file) => `left behind: ${file}`)].map((detail) => ({
    kind: "wrong answers",
    detail,
  }));
}

async function measureIdle(): Promise<Idle> {
  const site = new Site(path.join(sites, "idle"));
  site.write("compose.yaml", CLEAN);
  const { cpu } = await start(trial.programs, site, command(""), trial.patience);
  return { cpu };
}

function show(): void {
  const counts = new Map(TROUBLES.map((kind) => [kind, 0]));
  for (const kind of CLASSES) {
    const ofClass = results.filter((result) => result.kind === kind);
    if (ofClass.length === 0) continue;
    const failed = ofClass.filter(({ troubles }) => troubles.length > 0);
    const skipped = ofClass.filter((result) => result.skipped !== undefined);
    const parts = [`${ofClass.length} inputs`, `${failed.length} failed`];
    if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
    console.log(`${kind}: ${parts.join(", ")}`);
    for (const { input, skipped: why } of skipped) console.log(`  skipped: ${input.name}: ${why ?? ""}`);
    for (const { input, troubles } of failed) {
      for (const { kind: trouble, detail } of troubles) {
        counts.set(trouble, (counts.get(trouble) ?? 0) + 1);
        console.log(`  ${input.name}: ${trouble}: ${detail}`);
      }
    }
  }
  for (const { kind, detail } of ended) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    console.log(`  a write that was ended: ${detail}`);
  }
  const figure = (kind: Trouble["kind"]): string => `${kind}: ${counts.get(kind) ?? 0}`;
  const [crashes, hangs, leaks, outside, ...others] = TROUBLES;
  console.log(others.map(figure).join(", "));
  const tried = results.length - results.filter(({ skipped }) => skipped !== undefined).length;
  console.log([`inputs: ${tried}`, ...[crashes, hangs, leaks, outside].map(figure)].join(", "));
  process.exitCode = [...counts.values()].every((count) => count === 0) && tried > 0 ? 0 : 1;
}
