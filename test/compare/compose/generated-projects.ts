import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { seededRandom } from "../../../bench/random.js";
import type { ProjectCase } from "./ask.js";
import { diceOf } from "./dice.js";
import { generateFiles } from "./generated-files.js";

export interface GeneratedProjects {
  /** All projects lie below it; whoever asked for them removes it. */
  readonly folder: string;
  readonly cases: readonly ProjectCase[];
}

/** Each project has a seed of its own, so that one of them comes out the same without the others before it. */
export function generatedProjects(count: number, seed: number): GeneratedProjects {
  const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-generated-"));
  const cases = Array.from({ length: count }, (_, index): ProjectCase => {
    const own = seed + index;
    const directory = path.join(folder, `p${own}`);
    for (const [file, text] of generateFiles(diceOf(seededRandom(own)))) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    }
    return { name: `seed ${own}`, directory, files: [] };
  });
  return { folder, cases };
}
