import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { temporaryFolder } from "../temporary-folder.js";

const COMMAND = fileURLToPath(new URL("../../packages/compose-networks/dist/compose-networks.cjs", import.meta.url));

const POLICY = `version: 1
id: test
forbidden: []
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

const FILES = 24;

/** Long, so that it takes time to write. */
const PROJECT = `services:
  web:
    image: nginx
${"# Who comes here first should know that this file is long.\n".repeat(300)}`;

export interface KillsOptions {
  /** How often a run is ended by SIGKILL. */
  readonly kills: number;
  /** How often a run is ended by SIGINT and SIGTERM, in turns. */
  readonly interrupts: number;
  readonly seed: number;
}

export interface Kills {
  /** Files with neither the old text nor the new one, and what the next run could not do. */
  readonly torn: string[];
  /** Files that nobody knows: at once after an interrupt, after the next fix after a kill. */
  readonly left: string[];
  /** Temporary files that kills left, all of which the next fix has to remove: a sign that kills hit the right moment. */
  readonly found: number;
}

/**
 * Ends runs of `--fix` at random times between their first write and their last.
 *
 * A run that was over before its signal came, or that had not written anything, does not count and is made again.
 */
export async function runKills({ kills, interrupts, seed }: KillsOptions): Promise<Kills> {
  const random = randomFrom(seed);
  const workspace = createWorkspace();
  const duration = await workspace.measure();
  const outcome = { torn: [] as string[], left: [] as string[], found: 0 };
  const endOne = async (signal: NodeJS.Signals): Promise<void> => {
    for (;;) {
      workspace.reset();
      const ended = await workspace.endWith(signal, () => random() * duration);
      outcome.torn.push(...workspace.torn());
      const leftovers = workspace.unknownFiles();
      if (signal !== "SIGKILL") outcome.left.push(...leftovers);
      else outcome.found += leftovers.length;
      if (!ended || !workspace.isPartlyWritten()) continue;
      outcome.torn.push(...workspace.fixAgain());
      outcome.left.push(...workspace.unknownFiles());
      return;
    }
  };
  for (let index = 0; index < kills; index += 1) await endOne("SIGKILL");
  for (let index = 0; index < interrupts; index += 1) await endOne(index % 2 === 0 ? "SIGINT" : "SIGTERM");
  return outcome;
}

interface Workspace {
  /** Every file as it was before a fix, and nothing else. */
  reset(): void;
  /** @returns how many milliseconds lie between the first write of a fix and its end. */
  measure(): Promise<number>;
  /** @returns whether the signal came in time. */
  endWith(signal: NodeJS.Signals, wait: () => number): Promise<boolean>;
  torn(): string[];
  unknownFiles(): string[];
  isPartlyWritten(): boolean;
  fixAgain(): string[];
}

function createWorkspace(): Workspace {
  const root = temporaryFolder("kills");
  const at = (file: string): string => path.join(root, file);
  const files = Array.from({ length: FILES }, (_, index) => `p${String(index + 100)}/compose.yaml`);
  const [first = ""] = files;
  const known = new Set(["forbidden-ranges.yaml", ...files]);
  const read = (file: string): string => readFileSync(at(file), "utf8");
  const unknownFiles = (): string[] =>
    readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (name) => !known.has(name.replaceAll(path.sep, "/")) && !statSync(at(name)).isDirectory(),
    );
  const start = () => spawn(process.execPath, [COMMAND, "--fix"], { cwd: root, stdio: "ignore" });
  const firstWrite = async (child: ReturnType<typeof start>): Promise<void> => {
    const { ino } = statSync(at(first));
    while (child.exitCode === null && statSync(at(first)).ino === ino) await setTimeout(1);
  };
  const after = new Map<string, string>();

  writeFileSync(at("forbidden-ranges.yaml"), POLICY);
  for (const file of files) mkdirSync(path.dirname(at(file)));
  const workspace: Workspace = {
    reset() {
      for (const file of files) if (readIfThere(at(file)) !== PROJECT) writeFileSync(at(file), PROJECT);
    },
    async measure() {
      workspace.reset();
      const child = start();
      const exit = once(child, "exit");
      await firstWrite(child);
      const begin = performance.now();
      await exit;
      for (const file of files) after.set(file, read(file));
      return performance.now() - begin;
    },
    async endWith(signal, wait) {
      const child = start();
      const exit = once(child, "exit");
      await firstWrite(child);
      await setTimeout(wait());
      child.kill(signal);
      await exit;
      return child.signalCode === signal;
    },
    torn: () => files.filter((file) => ![PROJECT, after.get(file)].includes(read(file))),
    isPartlyWritten() {
      const written = files.filter((file) => read(file) === after.get(file));
      return written.length > 0 && written.length < files.length;
    },
    fixAgain() {
      const { status, stderr } = spawnSync(process.execPath, [COMMAND, "--fix"], { cwd: root, encoding: "utf8" });
      if (status !== 0) return [`the next run: exit code ${String(status)}, ${stderr}`];
      return files.filter((file) => read(file) !== after.get(file));
    },
    unknownFiles,
  };
  return workspace;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
