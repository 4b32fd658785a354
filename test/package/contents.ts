import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

interface PackReport {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** What the action runs lies on the tag of a release, and is not published. */
const NOT_PUBLISHED = /^dist\/action\//;

const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const [report] = JSON.parse(output) as readonly PackReport[];
if (report === undefined) throw new Error("npm pack reported no package");

const paths = report.files.map(({ path }) => path);
const byContent = new Map<string, string[]>();
for (const path of paths) {
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
  byContent.set(hash, [...(byContent.get(hash) ?? []), path]);
}
const twice = [...byContent.values()].filter((same) => same.length > 1);
const unwanted = paths.filter((path) => NOT_PUBLISHED.test(path));

console.info(`The package holds ${paths.length} files and packs to ${report.size} bytes.`);
for (const same of twice) console.info(`Packed twice: ${same.join(", ")}`);
for (const path of unwanted) console.info(`Packed, and of use to the action only: ${path}`);
if (twice.length > 0 || unwanted.length > 0) process.exitCode = 1;
