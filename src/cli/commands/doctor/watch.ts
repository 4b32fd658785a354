import { spawn, type ChildProcess } from "node:child_process";

import { compareSnapshots, type NetworkChange } from "../../../host/compare-snapshots.js";
import type { Snapshot } from "../../../host/snapshot.js";
import { absolutePath } from "../../../workspace/files/paths.js";
import { changeAsLine, changeForJson } from "../../reports/network-changes.js";
import { EXIT_CODES, type ExitCode } from "../../terminal/exit-code.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import type { Programs } from "./ask-program.js";
import type { HostPolicy } from "./forbidden.js";
import { startAlert } from "./start-alert.js";
import { takeSnapshot } from "./take-snapshot.js";

export interface WatchOptions {
  readonly programs: Programs;
  readonly policy: HostPolicy;
  /** Started for each change, with the change on its standard input. */
  readonly program: string | undefined;
  readonly format: "text" | "json";
}

/** After the first sign of a change, others follow at once: a network, its bridge, its routes. */
const SETTLE_MS = 150;
/** Where nobody tells of changes. */
const POLL_MS = 5_000;

/** Prints each network that comes or goes as it happens, until somebody ends it. */
export async function watch(
  { programs, policy, program, format }: WatchOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  // A word is a program of the system, and a path is what it is.
  const alert =
    program?.includes("/") === false ? programs.find(program) : program && absolutePath(terminal.cwd, program);
  if (program !== undefined && alert === undefined) {
    complain(terminal, `--exec ${program}: there is no such program on PATH; for a file, write ./${program}`);
    return EXIT_CODES.trouble;
  }
  const stop = stopSignal();
  const wake = new Wake();
  const tellers = [
    startTeller(programs, "ip", ["monitor", "route"], wake),
    startTeller(programs, "docker", ["events", "--filter", "type=network", "--format", "{{.Action}}"], wake),
  ].filter((teller) => teller !== undefined);
  if (tellers.length === 0)
    complain(terminal, `neither ip monitor nor docker events runs: looking every ${POLL_MS / 1000} seconds`);
  let last = await takeSnapshot(programs, process.env);
  for (const { what, why } of last.missing) complain(terminal, `not checked: ${what}: ${why}`);
  complain(terminal, "watching for networks that come and go; Ctrl-C ends it");
  while (!stop.isEnding()) {
    await Promise.race([wake.next(POLL_MS), stop.asked]);
    if (stop.isEnding()) break;
    const current = await takeSnapshot(programs, process.env);
    for (const change of changesSince(last, current, policy)) {
      terminal.stdout.write(format === "json" ? `${JSON.stringify(changeForJson(change))}\n` : changeAsLine(change));
      if (alert !== undefined) await startAlert(alert, change, terminal);
    }
    last = current;
  }
  for (const teller of tellers) teller.kill();
  stop.forget();
  return EXIT_CODES.clean;
}

/** When Docker stops answering, its networks have not gone: only what both snapshots know is compared. */
function changesSince(last: Snapshot, current: Snapshot, { forbiddenIn }: HostPolicy): NetworkChange[] {
  if ((last.engine === undefined) !== (current.engine === undefined)) {
    return compareSnapshots({ ...last, engine: undefined }, { ...current, engine: undefined }, forbiddenIn);
  }
  return compareSnapshots(last, current, forbiddenIn);
}

function startTeller(programs: Programs, name: string, args: readonly string[], wake: Wake): ChildProcess | undefined {
  const path = programs.find(name);
  if (path === undefined) return undefined;
  const child = spawn(path, args, { cwd: "/", stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
  child.stdout.on("data", () => wake.now());
  // One that ends early leaves the others, and the looks in between.
  child.on("error", () => undefined);
  return child;
}

/** Waits until something happened, and a moment longer. */
class Wake {
  #isDue = false;
  #resolve: (() => void) | undefined;

  now(): void {
    this.#isDue = true;
    this.#resolve?.();
  }

  async next(longest: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.#isDue) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        timer = setTimeout(resolve, longest);
      });
      clearTimeout(timer);
    }
    if (this.#isDue) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    this.#isDue = false;
  }
}

interface Stop {
  readonly asked: Promise<void>;
  readonly isEnding: () => boolean;
  readonly forget: () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function stopSignal(): Stop {
  let isEnding = false;
  let end: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    end = () => {
      isEnding = true;
      resolve();
    };
  });
  for (const signal of SIGNALS) process.on(signal, end);
  return {
    asked,
    isEnding: () => isEnding,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, end);
    },
  };
}
