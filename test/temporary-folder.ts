import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { atExit } from "./engine/at-exit.js";

/** A new folder for a script. It goes when the process ends, also when somebody stops it. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `compose-networks-${name}-`));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
