import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

/** What one run of a program took. */
export interface Cost {
  /** From start to end, in seconds. */
  readonly wall: number;
  /** User and system time of all threads, in seconds. */
  readonly cpu: number;
  /** The most memory resident at once, in MiB. */
  readonly memory: number;
}

const preload = fileURLToPath(new URL("usage.cjs", import.meta.url));

/** Runs `node` with `args` in `folder` once. Exit codes 0 and 1 (findings) count as success. */
export async function measure(args: readonly string[], folder: string, usageFile: string): Promise<Cost> {
  const start = performance.now();
  const { code, stderr } = await run(["--require", preload, ...args], folder, usageFile);
  const wall = (performance.now() - start) / 1000;
  if (code !== 0 && code !== 1) throw new Error(`node ${args.join(" ")} ended with ${code ?? "a signal"}:\n${stderr}`);
  const { user, system, memory } = readUsage(usageFile);
  return { wall, cpu: user + system, memory };
}

async function run(
  args: readonly string[],
  folder: string,
  usageFile: string,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...process.env,
      BENCH_USAGE_FILE: usageFile,
      NO_COLOR: "1",
      // As on a developer's machine, where a run leaves its compiled code to the next.
      CI: "",
      XDG_CACHE_HOME: path.join(path.dirname(usageFile), "caches"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, stderr });
    });
  });
}

function readUsage(usageFile: string): { readonly user: number; readonly system: number; readonly memory: number } {
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
  return {
    user: usage.userCPUTime / 1e6,
    system: usage.systemCPUTime / 1e6,
    memory: usage.maxRSS / 1024,
  };
}

/** The median of each figure on its own. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    memory: median(costs.map(({ memory }) => memory)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? NaN : (low + high) / 2;
}
