import { execFileSync } from "node:child_process";

/** In bytes, as downloaded. */
const limit = 150_000;

interface PackReport {
  readonly size: number;
  readonly entryCount: number;
}

const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const [report] = JSON.parse(output) as readonly PackReport[];
if (report === undefined) throw new Error("npm pack reported no package");

console.info(`The package holds ${report.entryCount} files and packs to ${report.size} bytes; ${limit} is the limit.`);
if (report.size >= limit) process.exitCode = 1;
