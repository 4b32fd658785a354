import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Engine } from "../../engine/engine.js";

/**
 * Gives an engine an image with one file in it: it takes none that is empty.
 *
 * @returns its name.
 */
export async function importImage(engine: Engine): Promise<string> {
  const name = "nothing:inside";
  const folder = mkdtempSync(path.join(tmpdir(), "compare-engine-"));
  try {
    writeFileSync(path.join(folder, "none"), "");
    execFileSync("tar", ["-cf", path.join(folder, "image.tar"), "-C", folder, "none"]);
    const { ok, stderr } = await engine.docker(["import", path.join(folder, "image.tar"), name]);
    if (!ok) throw new Error(stderr);
    return name;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
