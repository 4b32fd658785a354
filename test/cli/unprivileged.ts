import { spawnSync } from "node:child_process";
import { chownSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { COMMAND } from "./command.js";

/** An id that belongs to nobody. */
const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** For a process that permissions must stop: root gives its rights away, everybody else has none. */
export const UNPRIVILEGED = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Somebody without rights may not be able to read a checkout in the home of root. Windows has other permissions. */
export const canRunUnprivileged =
  process.platform !== "win32" &&
  spawnSync(process.execPath, [COMMAND, "--version"], { cwd: "/", ...UNPRIVILEGED }).status === 0;

/** Gives a folder of a test, and all in it, to whom `UNPRIVILEGED` names. */
export function handOver(path: string): void {
  if (!isRoot) return;
  chownSync(path, NOBODY, NOBODY);
  for (const name of readdirSync(path, { recursive: true, encoding: "utf8" })) {
    chownSync(join(path, name), NOBODY, NOBODY);
  }
}
