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

/** That many in a hundred may have faults; Compose refuses about half of these, and few of the others. */
const MAY_HAVE_FAULTS = 12;

/** Each project has a seed of its own, so that one of them comes out the same without the others before it. */
export function generatedProjects(count: number, seed: number): GeneratedProjects {
  const folder = mkdtempSync(path.join(tmpdir(), "compose-networks-generated-"));
  const cases = Array.from({ length: count }, (_, index): ProjectCase => {
    const own = seed + index;
    const random = seededRandom(own);
    const { files, started } = generateFiles(diceOf(random, random() * 100 < MAY_HAVE_FAULTS));
    const directory = path.join(folder, `p${own}`);
    for (const [file, text] of files) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      writeFileSync(path.join(directory, file), text);
    }
    return { name: `seed ${own}`, directory, files: started.map((file) => path.join(directory, file)) };
  });
  return { folder, cases };
}
