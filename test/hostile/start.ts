import { spawn } from "node:child_process";
import { cpSync, openSync, closeSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { Call } from "./input.js";
import { IS_ROOT, NOBODY, type Site } from "./site.js";

const COMMAND = path.join(import.meta.dirname, "..", "..", "packages", "compose-networks", "dist");
const USAGE = path.join(import.meta.dirname, "usage.cjs");
const ESLINT = path.join(path.dirname(createRequire(import.meta.url).resolve("eslint/package.json")), "bin/eslint.js");

/** More than any report of an input has. */
const MOST_OUTPUT = 256 * 2 ** 20;
/** A process that has taken this much is ended. */
const MOST_MEMORY_KB = 1_500_000;
const LOOK_MS = 200;

/** What a start of a program came to. */
export interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was ended before it ended by itself. */
  readonly ended: "time" | "memory" | "output" | undefined;
  /** Kilobytes at the peak. */
  readonly memory: number;
  /** Seconds of the processor. */
  readonly cpu: number;
}

/** The programs, where every user can read them. */
export interface Programs {
  readonly command: string;
  readonly usage: string;
  /** What a run leaves to the next, as on the machine of somebody who checks many checkouts. */
  readonly caches: string;
}

/** Copies the built command into a folder that everybody may read: it needs nothing beside it. */
export function copyPrograms(folder: string): Programs {
  cpSync(COMMAND, path.join(folder, "command"), { recursive: true });
  cpSync(USAGE, path.join(folder, "usage.cjs"));
  return {
    command: path.join(folder, "command", "compose-networks.cjs"),
    usage: path.join(folder, "usage.cjs"),
    caches: path.join(folder, "caches"),
  };
}

/** @param patience Seconds after which it counts as one that hangs. */
export function start(programs: Programs, site: Site, call: Call, patience: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    const output = call.output === "full" ? openSync("/dev/full", "w") : undefined;
    const [program, args] = commandLine(programs, call);
    const child = spawn(program, args, {
      cwd: path.join(site.checkout, call.from ?? ""),
      env: environment(programs, site, call),
      stdio: ["pipe", output ?? "pipe", "pipe", "pipe"],
      detached: true,
      ...(call.unprivileged === true && IS_ROOT && { uid: NOBODY, gid: NOBODY }),
    });
    if (output !== undefined) closeSync(output);
    let ended: Run["ended"];
    let memory = 0;
    const end = (reason: Run["ended"]): void => {
      ended ??= reason;
      // Programs that it has started go with it.
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const timer = setTimeout(() => end("time"), patience * 1000);
    const look = setInterval(() => {
      memory = Math.max(memory, memoryOf(child.pid));
      if (memory > MOST_MEMORY_KB) end("memory");
    }, LOOK_MS);
    const texts = [1, 2, 3].map((channel) => {
      const chunks: Buffer[] = [];
      let length = 0;
      child.stdio[channel]?.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > MOST_OUTPUT) end("output");
        else chunks.push(chunk);
      });
      return () => Buffer.concat(chunks).toString();
    });
    child.stdin?.on("error", () => undefined).end(call.stdin ?? "");
    child.on("error", reject);
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      clearInterval(look);
      const [stdout = "", stderr = "", usage = ""] = texts.map((text) => text());
      const { maxRSS = 0, userCPUTime = 0, systemCPUTime = 0 } = readUsage(usage);
      const cpu = (userCPUTime + systemCPUTime) / 1e6;
      resolve({ status, signal, stdout, stderr, ended, memory: Math.max(memory, maxRSS), cpu });
    });
  });
}

function commandLine(
  programs: Programs,
  { program, args, fileSizeLimit, terminal }: Call,
): [string, readonly string[]] {
  const node = [programs.usage, program === "command" ? programs.command : ESLINT, ...args];
  if (terminal === true) {
    const words = [process.execPath, ...node].map((word) => `'${word}'`).join(" ");
    return ["script", ["--quiet", "--return", "--command", words, "/dev/null"]];
  }
  if (fileSizeLimit === undefined) return [process.execPath, node];
  // The signal is ignored: then a write fails as it does on a full disk.
  const script = `trap '' XFSZ; ulimit -f ${Math.floor(fileSizeLimit / 512)}; exec "$@"`;
  return ["sh", ["-c", script, "sh", process.execPath, ...node]];
}

function environment({ caches }: Programs, { home }: Site, { env }: Call): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"] ?? "", HOME: home, XDG_CACHE_HOME: caches, NO_COLOR: "1", ...env };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It has just ended.
  }
}

/** Kilobytes that a process has in memory; 0 where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function readUsage(text: string): Partial<NodeJS.ResourceUsage> {
  return text === "" ? {} : (JSON.parse(text) as NodeJS.ResourceUsage);
}
