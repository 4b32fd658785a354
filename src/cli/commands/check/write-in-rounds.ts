import type { Disk } from "../../../workspace/files/disk.js";
import { sweepBeside, writeFixes } from "../../files/write-fixes.js";
import type { Terminal } from "../../terminal/terminal.js";
import type { Run } from "./lint-all.js";

export interface Written {
  /** The last look at the files, with what is left to say. */
  readonly run: Run;
  /** Files that have another text than before. */
  readonly written: number;
  readonly isTroubled: boolean;
}

export interface Rounds {
  readonly files: readonly string[];
  /** Checks all files as they lie on the disk now. */
  readonly lookAgain: (fixes: boolean) => Run;
  readonly disk: Pick<Disk, "resolve">;
  readonly terminal: Terminal;
}

/** Files that wait for each other are a chain, and none of that length was ever seen. */
const MOST_ROUNDS = 10;

/**
 * Writes the fixed texts, and what can be fixed after that: a file may lack what another one was given, or wait for an
 * override file. So there is nothing left to fix for a second run.
 */
export async function writeInRounds(first: Run, { files, lookAgain, disk, terminal }: Rounds): Promise<Written> {
  // Nothing is tidied up where nothing may be read.
  sweepBeside(
    files.filter((path) => disk.resolve(path) !== undefined),
    terminal,
  );
  const written = new Set<string>();
  let run = first;
  for (let round = 1; run.fixed.length > 0; round += 1) {
    const failed = await writeFixes(run.fixed, disk, terminal);
    for (const { path } of run.fixed) if (!failed.has(path)) written.add(path);
    // What could not be written has the findings that it had.
    if (failed.size > 0) return { run: lookAgain(false), written: written.size, isTroubled: true };
    if (run.files.length === 0 || files.length === 1) break;
    run = lookAgain(round < MOST_ROUNDS);
  }
  return { run, written: written.size, isTroubled: false };
}
