import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import path from "node:path";

import type { Engine } from "../../engine/engine.js";
import type { ContainerRuntime } from "../../engine/runtime.js";
import { temporaryFolder } from "../../temporary-folder.js";

/**
 * Gives an engine an image with one program in it, which sleeps.
 *
 * @returns its name.
 */
export async function importImage(engine: Engine, { busybox }: ContainerRuntime): Promise<string> {
  const name = "nothing:inside";
  const folder = temporaryFolder("image");
  const archive = path.join(folder, "image.tar");
  copyFileSync(busybox, path.join(folder, "busybox"));
  execFileSync("tar", ["-cf", archive, "-C", folder, "busybox"]);
  const sleeps = 'CMD ["/busybox","sleep","1000"]';
  const { ok, stderr } = await engine.docker(["import", "--change", sleeps, archive, name]);
  if (!ok) throw new Error(stderr);
  return name;
}
