import { spawn } from "node:child_process";

import type { NetworkChange } from "../../../host/compare-snapshots.js";
import { changeForJson } from "../../reports/network-changes.js";
import { complain, type Terminal } from "../../terminal/terminal.js";
import { describeError } from "../../files/compose-text.js";

const TIMEOUT_MS = 30_000;

/**
 * Starts the program that somebody named, without a shell and without arguments: what a label holds reaches it on its
 * standard input only. A program that fails is told of, and the watch goes on.
 */
export function startAlert(program: string, change: NetworkChange, terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, [], {
      cwd: terminal.cwd,
      stdio: ["pipe", "ignore", "inherit"],
      timeout: TIMEOUT_MS,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    child.on("error", (error) => {
      complain(terminal, `--exec ${program}: it can't be started (${describeError(error)})`);
      resolve();
    });
    child.on("exit", (code, signal) => {
      if (code !== 0) complain(terminal, `--exec ${program}: it ended with ${signal ?? `code ${code ?? 0}`}`);
      resolve();
    });
    // Who reads nothing closes the pipe, and that is no fault.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${JSON.stringify(changeForJson(change))}\n`);
  });
}
