import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface PackReport {
  readonly name: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** All that a package may hold; a folder stands for what is in it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  ".": ["CHANGELOG.md", "LICENSE", "README.md", "dist/index.js", "dist/types/", "package.json", "schema/"],
  "./packages/compose-networks": [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "THIRD-PARTY-NOTICES.md",
    "dist/cli.cjs",
    "dist/compose-networks.cjs",
    "dist/language-server-protocol.cjs",
    "dist/rules/",
    "package.json",
    "sbom.cdx.json",
  ],
};

for (const [folder, wanted] of Object.entries(PACKAGES)) {
  const output = execFileSync("npm", ["pack", folder, "--dry-run", "--json", "--ignore-scripts"], {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [report] = JSON.parse(output) as readonly PackReport[];
  if (report === undefined) throw new Error(`npm pack reported no package in ${folder}`);

  const paths = report.files.map(({ path }) => path);
  const byContent = new Map<string, string[]>();
  for (const path of paths) {
    const hash = createHash("sha256")
      .update(readFileSync(join(folder, path)))
      .digest("hex");
    byContent.set(hash, [...(byContent.get(hash) ?? []), path]);
  }
  const twice = [...byContent.values()].filter((same) => same.length > 1);
  const unwanted = paths.filter(
    (path) => !wanted.some((name) => (name.endsWith("/") ? path.startsWith(name) : path === name)),
  );
  const missing = wanted.filter((name) => name !== "CHANGELOG.md" && !paths.some((path) => path.startsWith(name)));

  console.info(`${report.name} holds ${paths.length} files and packs to ${report.size} bytes.`);
  for (const same of twice) console.info(`Packed twice: ${same.join(", ")}`);
  for (const path of unwanted) console.info(`Packed, and of no use there: ${path}`);
  for (const name of missing) console.info(`Not packed: ${name}`);
  if (twice.length > 0 || unwanted.length > 0 || missing.length > 0) process.exitCode = 1;
}
