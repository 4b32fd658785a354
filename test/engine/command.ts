import { execFile } from "node:child_process";

/** What a command left behind. */
export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  /** Without the line end. */
  readonly stderr: string;
}

export interface Circumstances {
  readonly cwd?: string;
  /** All of it: nothing of this process's own environment is added. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end. A command that fails is an outcome; one that can't be started is an error. */
export function run(command: string, args: readonly string[], circumstances: Circumstances = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { maxBuffer: 2 ** 28, ...circumstances }, (error, stdout, stderr) => {
      if (typeof error?.code === "string") reject(new Error(error.message));
      else resolve({ ok: error === null, stdout, stderr: stderr.trimEnd() });
    });
    child.stdin?.end();
  });
}

/**
 * Runs a command that must succeed.
 *
 * @returns its standard output.
 * @throws with what it wrote to its standard error output.
 */
export async function must(command: string, args: readonly string[], circumstances?: Circumstances): Promise<string> {
  const { ok, stdout, stderr } = await run(command, args, circumstances);
  if (!ok) throw new Error(`${[command, ...args].join(" ")}: ${stderr}`);
  return stdout;
}
