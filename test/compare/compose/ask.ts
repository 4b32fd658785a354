import { execFile } from "node:child_process";

import type { ComposeBinary } from "./binary.js";

/** A project as somebody would start it: from its directory, with the files that Compose finds there or with `-f`. */
export interface ProjectCase {
  readonly name: string;
  readonly directory: string;
  /** Absolute. Without any, Compose looks for its default files and for `COMPOSE_FILE`. */
  readonly files: readonly string[];
  /** Read in place of the files, as if they lay where these do. */
  readonly copies?: readonly string[];
  /** Read in place of the `.env` file in the directory. */
  readonly environmentFile?: string;
}

export type Answer = { readonly ok: true; readonly config: unknown } | { readonly ok: false; readonly message: string };

export interface Mode {
  /** Also the networks that no service joins. */
  readonly allResources?: boolean;
  readonly checkConsistency?: boolean;
  readonly interpolate?: boolean;
}

/** It runs for a moment only: collecting garbage and starting threads would be most of its work. */
const SPARING = { GOGC: "off", GOMAXPROCS: "1" };

/** Asks for the project as Compose understands it. No variables of this process reach it. */
export function ask(binary: ComposeBinary, project: ProjectCase, mode: Mode = {}): Promise<Answer> {
  const recent = binary.version !== "2.26";
  const args = [
    ...(project.copies ?? project.files).flatMap((file) => ["-f", file]),
    ...(project.copies === undefined ? [] : ["--project-directory", project.directory]),
    ...(project.environmentFile === undefined ? [] : ["--env-file", project.environmentFile]),
    ...["--profile", "*"],
    ...(mode.allResources === true && recent ? ["--all-resources"] : []),
    ...["config", "--format", "json"],
    ...(recent ? ["--no-env-resolution"] : []),
    ...(mode.checkConsistency === false ? ["--no-consistency"] : []),
    ...(mode.interpolate === false ? ["--no-interpolate"] : []),
  ];
  return start(binary.path, args, project.directory);
}

function start(command: string, args: readonly string[], cwd: string, attempts = 3): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env: SPARING, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // A busy machine may end it before it has answered.
      if (error?.signal && attempts > 1) resolve(start(command, args, cwd, attempts - 1));
      else resolve(error ? { ok: false, message: complaint(stderr) || error.message } : parsed(stdout));
    });
  });
}

function parsed(text: string): Answer {
  const config: unknown = JSON.parse(text);
  return { ok: true, config };
}

/** What is left of the standard error output without the warnings. */
function complaint(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => !line.startsWith("time="));
  const panic = lines.find((line) => line.startsWith("panic:"));
  return panic ?? lines.join(" ").trim();
}
