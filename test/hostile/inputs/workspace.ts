import { command, everywhere, withoutAnswers, type Call, type Expected } from "../input.js";
import type { Site } from "../site.js";
import { COLLIDING, COLLISION, POLICY } from "../texts.js";

/** A policy, and a project that has a finding, whatever becomes of the rest. */
export function goodNeighbour(site: Site): void {
  site.write("forbidden-ranges.yaml", POLICY);
  site.write("good/compose.yaml", COLLIDING);
}

/** The finding of the good neighbour. */
export const STILL_FOUND = [/good\/compose\.yaml:7:\d+/, COLLISION];

/** A check that finds the good neighbour's fault, and says of the bad file what `reason` wants. */
export function checkBeside(file: string, reason: RegExp): Call[] {
  return [
    command("", { exit: [2], says: [...STILL_FOUND, file, reason] }),
    command("--format json", { exit: [2], says: [COLLISION.replaceAll('"', '\\"')], notChecked: [[file, reason]] }),
    ...quietly(),
  ];
}

/** A check that finds the good neighbour's fault; what it says of the rest is its own affair. */
export function neighbourIsFound(expected: Expected = {}): Call[] {
  return [command("", { exit: [1, 2], says: STILL_FOUND, ...expected }), ...quietly(expected)];
}

function quietly(expected: Expected = {}): Call[] {
  const always = withoutAnswers(expected);
  return ["list", "--fix-dry-run"].map((words) => command(words, always));
}

/** Every command and report, of which the check finds the good neighbour's fault. */
export function foundEverywhere(): Call[] {
  return [command("", { exit: [1], says: STILL_FOUND }), command("good/compose.yaml", { exit: [1] }), ...everywhere()];
}
