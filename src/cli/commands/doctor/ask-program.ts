import { execFile } from "node:child_process";

import { isWithin } from "../../../kit/paths.js";
import { failure, success, type Result } from "../../../kit/result.js";
import { findProgram } from "../../../workspace/files/program.js";
import { findWorkTree } from "../../../workspace/files/work-tree.js";

/** A program that says nothing for so long is as good as missing. */
const TIMEOUT_MS = 8_000;
/** Nobody has as many routes or networks. */
const MOST_BYTES = 64 * 2 ** 20;

/** Where systems keep their programs. Whoever works in or above one of them is in no checkout. */
const SYSTEM_FOLDERS = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/sbin"];

/** Asks programs of the machine, in no folder of a checkout, and never through a shell. */
export class Programs {
  readonly #checkout: string;

  constructor(cwd: string) {
    const isInSystem = SYSTEM_FOLDERS.some((folder) => isWithin(folder, cwd));
    this.#checkout = findWorkTree(cwd)?.top ?? (isInSystem ? "/proc/self/no-checkout" : cwd);
  }

  find(name: string): string | undefined {
    return findProgram(name, this.#checkout);
  }

  /** @returns what it printed, or a clause that says why it did not. */
  async ask(name: string, args: readonly string[]): Promise<Result<string, string>> {
    const program = this.find(name);
    if (program === undefined) return failure(`${name} is not installed`);
    return new Promise((resolve) => {
      const child = execFile(
        program,
        args,
        {
          cwd: "/",
          env: { ...process.env, LC_ALL: "C", DOCKER_CLI_HINTS: "false" },
          timeout: TIMEOUT_MS,
          killSignal: "SIGKILL",
          maxBuffer: MOST_BYTES,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          if (!error) resolve(success(stdout));
          else if (error.killed === true) resolve(failure(`${name} did not end within ${TIMEOUT_MS / 1000} seconds`));
          else resolve(failure(`${name} failed: ${stderr.trim().split("\n")[0] || error.message}`));
        },
      );
      child.stdin?.end();
    });
  }

  async askJson(name: string, args: readonly string[]): Promise<Result<unknown, string>> {
    const answer = await this.ask(name, args);
    if (!answer.ok) return answer;
    try {
      const json: unknown = JSON.parse(answer.value.trim() === "" ? "[]" : answer.value);
      return success(json);
    } catch {
      return failure(`${name} printed no JSON: is it the one of iproute2?`);
    }
  }
}
