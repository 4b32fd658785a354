import { writeFileSync } from "node:fs";
import path from "node:path";

import type { EngineRelease } from "../../../src/compose/engine/releases.js";
import type { Engine } from "../../engine/engine.js";
import { temporaryFolder } from "../../temporary-folder.js";
import type { Answer } from "./ask.js";
import { judge } from "./judge.js";
import type { NetworkCase } from "./network-case.js";
import { refusalsBy } from "./our-verdict.js";
import type { Judged } from "./table.js";

/** Has Compose itself make each network for a service, as `up` does, and holds what we say against what came of it. */
export async function compareCreated(
  engine: Engine,
  release: EngineRelease,
  image: string,
  cases: readonly NetworkCase[],
): Promise<Judged[]> {
  const folder = temporaryFolder("created");
  const results: Judged[] = [];
  for (const [index, { name, definition }] of cases.entries()) {
    const services = { web: { image, pull_policy: "never", networks: ["tried"] } };
    const project = { name: `created-${index}`, services, networks: { tried: definition } };
    writeFileSync(path.join(folder, "compose.yaml"), JSON.stringify(project));
    const answer = await create(engine, folder);
    const verdict = judge(refusalsBy(release, definition), answer);
    results.push({ name: `by Compose: ${name}`, verdict, refused: answer.kind === "refused" });
  }
  return results;
}

async function create(engine: Engine, folder: string): Promise<Answer> {
  const created = await engine.compose(folder, ["--progress", "quiet", "create"]);
  await engine.compose(folder, ["--progress", "quiet", "down", "--timeout", "0"]);
  return created.ok ? { kind: "created" } : { kind: "refused", message: created.stderr };
}
