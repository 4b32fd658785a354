import type { EngineRelease } from "../../../../src/compose/engine/releases.js";
import { packagedEngine, type EngineLine } from "../../../engine/packaged.js";
import { containerRuntime } from "../../../engine/runtime.js";
import { compareRecorded, compareStarted, type StartedResult } from "./compare-started.js";
import { reportStarted } from "./report-started.js";
import type { StartedCase } from "./started-case.js";

export const RELEASES: Readonly<Record<EngineLine, EngineRelease>> = { "28.5": "28", "26.1": "26", "20.10": "20.10" };

/** Compares all cases on each line of engines, one after the other: several at once disturb what is a matter of time. */
export async function runStarted(
  cases: readonly StartedCase[],
  lines: readonly EngineLine[],
  isGenerated = false,
): Promise<boolean> {
  let isRight = true;
  for (const line of lines) {
    const packaged = packagedEngine(line);
    const runtime = containerRuntime();
    const [reason] = [packaged, runtime].filter((each) => typeof each === "string");
    if (typeof packaged === "string" || typeof runtime === "string") {
      console.info(`skipped: ${reason ?? ""}`);
      continue;
    }
    const results = await compareStarted(cases, RELEASES[line], { packaged, runtime, isGenerated });
    isRight = print(`Docker Engine ${packaged.release}, started`, results) && isRight;
  }
  return isRight;
}

/** What a file of cases records was seen on 28.5. */
export async function runRecorded(cases: readonly StartedCase[]): Promise<boolean> {
  return print("As recorded", await compareRecorded(cases, RELEASES["28.5"]));
}

function print(title: string, results: readonly StartedResult[]): boolean {
  console.info(reportStarted(title, results));
  return results.every(({ judgement }) => judgement === "agreement" || judgement === "unseen");
}
