import { directoryOf } from "../../kit/paths.js";
import { failure } from "../../kit/result.js";
import type { Disk } from "../../workspace/files/disk.js";
import { shownPath } from "../../workspace/files/paths.js";
import { signalsMayEndUs } from "../terminal/interruption.js";
import type { FixedFile } from "./fixed-texts.js";
import { printablePath } from "../terminal/printable.js";
import { sweep } from "./temporary-file.js";
import { complain, type Terminal } from "../terminal/terminal.js";
import { replaceFile } from "./write-fixed.js";

/**
 * Writes the fixed texts, each in one step; between two of them a signal may end the run.
 *
 * @returns the files that could not be written. Each is named on the terminal.
 */
export async function writeFixes(
  fixed: readonly FixedFile[],
  disk: Pick<Disk, "resolve">,
  terminal: Terminal,
): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  for (const { path, name, before, after } of fixed) {
    await signalsMayEndUs();
    // A link may have taken the place of the file since it was read.
    const file = disk.resolve(path);
    const outcome = file ? replaceFile(path, before.bytes, after, file.real) : failure(KEPT_AWAY);
    if (outcome.ok) continue;
    failed.add(path);
    complain(terminal, `${printablePath(name)}: ${outcome.fault}`);
  }
  await signalsMayEndUs();
  return failed;
}

const KEPT_AWAY = "it can no longer be opened, so it was not written";

/** Removes what killed runs left beside these files, and names what can't be removed. */
export function sweepBeside(files: readonly string[], terminal: Terminal): void {
  for (const folder of new Set(files.map(directoryOf))) {
    for (const { path, why } of sweep(folder)) {
      const name = shownPath(terminal.cwd, path);
      complain(terminal, `${name}: a run that was killed left it, and it can't be removed (${why}); remove it`);
    }
  }
}
