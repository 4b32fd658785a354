import path from "node:path";

import type { Call, GrowingInput, Input } from "./input.js";
import { troublesOf, type Trouble } from "./observe.js";
import { IS_ROOT, NOBODY, Site } from "./site.js";
import { changes, newNames, snapshotOf } from "./snapshot.js";
import { start, type Programs } from "./start.js";

/** Where and how long. */
export interface Trial {
  readonly programs: Programs;
  /** The site gets a folder of its own in it. */
  readonly folder: string;
  /** Seconds for one call. */
  readonly patience: number;
}

/** Processor time of a check of next to nothing, and what is below all measuring. */
export interface Idle {
  readonly cpu: number;
}

const PLUGIN = new URL("../../dist/index.js", import.meta.url).href;
const ESLINT_CONFIG = `import plugin from ${JSON.stringify(PLUGIN)};\nexport default [plugin.configs.recommended];\n`;

const STEADY_SECONDS = 0.4;
/** Linear work doubles, quadratic work grows fourfold. */
const MOST_GROWTH = 3;

/** Builds the input, makes its calls, and says what was wrong. */
export async function tryInput(trial: Trial, input: Input, number: number): Promise<Trouble[]> {
  const site = new Site(path.join(trial.folder, String(number)));
  input.build(site);
  if (IS_ROOT && input.calls.some(({ unprivileged }) => unprivileged)) site.giveTo(NOBODY);
  if (input.calls.some(({ program }) => program === "eslint")) site.write("eslint.config.mjs", ESLINT_CONFIG);
  const troubles: Trouble[] = [];
  const before = snapshotOf(site.root);
  for (const call of input.calls) {
    const run = await start(trial.programs, site, call, trial.patience);
    troubles.push(...troublesOf(site, call, run));
  }
  const after = snapshotOf(site.root);
  const mayWrite = input.calls.some(writes);
  for (const file of changes(before, after)) {
    if (file.startsWith("traces/")) troubles.push({ kind: "programs started", detail: file });
    else if (!file.startsWith("checkout/")) troubles.push({ kind: "writes outside", detail: file });
    else if (!mayWrite) troubles.push({ kind: "wrong answers", detail: `${file} was changed by a check` });
  }
  if (!input.calls.some(({ args }) => args[0] === "init")) {
    const left = newNames(before, after).filter((file) => file.startsWith("checkout/") && mayWrite);
    troubles.push(...left.map((file) => ({ kind: "wrong answers" as const, detail: `${file} was left behind` })));
  }
  for (const detail of input.after?.(site) ?? []) troubles.push({ kind: "wrong answers", detail });
  return troubles;
}

function writes({ args }: Call): boolean {
  return args.includes("--fix") || args.includes("init");
}

/** Tries it in both sizes, and compares the time of the processor. */
export async function tryGrowth(trial: Trial, input: GrowingInput, number: number, idle: Idle): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  const sites = [input.size, 2 * input.size].map((size) => {
    const site = new Site(path.join(trial.folder, `${number}-${size}`));
    input.build(site, size);
    return site;
  });
  const times = [Infinity, Infinity];
  // A busy machine can spoil one measurement: each size has its best of three.
  for (let attempt = 0; attempt < 3 && grows(times, idle); attempt += 1) {
    for (const [index, site] of sites.entries()) {
      const run = await start(trial.programs, site, input.call, trial.patience);
      if (attempt === 0) troubles.push(...troublesOf(site, input.call, run));
      if (run.ended !== undefined) return troubles;
      times[index] = Math.min(times[index] ?? Infinity, run.cpu);
    }
  }
  if (grows(times, idle)) {
    const [small = 0, large = 0] = times;
    const figures = `${small.toFixed(2)} s for ${input.size}, ${large.toFixed(2)} s for ${2 * input.size}`;
    troubles.push({ kind: "growth", detail: `${figures}; ${idle.cpu.toFixed(2)} s for nothing` });
  }
  return troubles;
}

function grows(times: readonly number[], idle: Idle): boolean {
  const [small = 0, large = 0] = times.map((cpu) => Math.max(cpu - idle.cpu, 0));
  return large > MOST_GROWTH * Math.max(small, STEADY_SECONDS) || large === Infinity;
}
