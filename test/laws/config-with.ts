import { readFileSync, writeFileSync } from "node:fs";

import { ask, type Answer, type ProjectCase } from "../compare/compose/ask.js";
import type { ComposeBinary } from "../compare/compose/binary.js";

/**
 * What Compose makes of a project while some of its files say something else than they do.
 *
 * @param changes New texts of files, by their paths.
 */
export async function configWith(
  binary: ComposeBinary,
  project: ProjectCase,
  changes: ReadonlyMap<string, string>,
): Promise<Answer> {
  const before = [...changes.keys()].map((place) => [place, readFileSync(place)] as const);
  try {
    for (const [place, text] of changes) writeFileSync(place, text);
    return await ask(binary, project);
  } finally {
    for (const [place, bytes] of before) writeFileSync(place, bytes);
  }
}
