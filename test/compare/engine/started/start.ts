import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Outcome } from "../../../engine/command.js";
import type { Engine } from "../../../engine/engine.js";
import type { StartedCase } from "./started-case.js";

/** The directory, and so the name, of a project that is the only one of its case. */
const ONLY_PROJECT = "proj";

/** What came of one run. */
export type Run = { readonly kind: "ok" } | { readonly kind: "refused"; readonly message: string };

/** Writes the files of a case below a folder, each project in a directory of its own. */
export function writeCase({ files, projects }: StartedCase, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, projects ? name : path.join(ONLY_PROJECT, name));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Creates and starts every container of a case on an engine, and clears away all that it made. */
export async function startCase(each: StartedCase, folder: string, engine: Engine): Promise<Run> {
  const { before, projects = [ONLY_PROJECT], args, up } = each;
  if (before.length > 0) refuseToGoOn(await engine.docker(before));
  try {
    for (const project of projects) {
      for (const command of up ? [["up", "-d"]] : [["create"], ["start"]]) {
        const { ok, stderr } = await engine.compose(path.join(folder, project), [
          ...["--progress", "quiet", ...args],
          ...command,
        ]);
        if (!ok) return { kind: "refused", message: stderr };
      }
    }
    return { kind: "ok" };
  } finally {
    await clear(engine);
  }
}

/** Compose can't clear away what it can't read. */
async function clear(engine: Engine): Promise<void> {
  const { stdout } = await engine.docker(["ps", "--all", "--quiet"]);
  const containers = stdout.split("\n").filter((id) => id !== "");
  if (containers.length > 0) refuseToGoOn(await engine.docker(["rm", "--force", ...containers]));
  refuseToGoOn(await engine.docker(["network", "prune", "--force"]));
}

function refuseToGoOn({ ok, stderr }: Outcome): void {
  if (!ok) throw new Error(stderr);
}
