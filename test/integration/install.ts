import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder whose `node_modules` holds the packed packages and the programs that users have beside them. */
    readonly consumer: string;
    /** The packed plugin, and the packed command. */
    readonly tarballs: { readonly plugin: string; readonly command: string };
    /** Why nothing could be installed; empty when all is there. */
    readonly notInstalled: string;
  }
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Beside the packages, as a repository that follows the documentation has them. */
const COMPANIONS = ["eslint", "@eslint/config-inspector", "husky", "lint-staged", "eslint-plugin-yml"];

/** Not among the development dependencies: its installation writes hooks into the repository that it is installed in. */
const LEFTHOOK = "lefthook@2.2.2";

/** Packs both packages and installs them from their tarballs, as a stranger does, once for all tests. */
export function setup(project: TestProject): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "compose-networks-consumer-")));
  const consumer = join(folder, "consumer");
  mkdirSync(consumer);
  let tarballs = { plugin: "", command: "" };
  let notInstalled = "";
  try {
    // What is packed was built a moment ago.
    const which = [".", "./packages/compose-networks"];
    const packed = npm(root, "pack", ...which, "--ignore-scripts", "--json", "--pack-destination", folder);
    const [plugin = "", command = ""] = (JSON.parse(packed) as { filename: string }[]).map(({ filename }) =>
      join(folder, filename),
    );
    tarballs = { plugin, command };
    writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }\n');
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as PackageJson;
    const wanted = COMPANIONS.map((name) => `${name}@${devDependencies[name] ?? "latest"}`);
    npm(
      consumer,
      "install",
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      tarballs.plugin,
      tarballs.command,
      LEFTHOOK,
      ...wanted,
    );
  } catch (error) {
    notInstalled = `npm can't install here: ${String(error).split("\n", 1)[0] ?? ""}`;
    console.info(`skipped: the tests of hooks and pipelines, since ${notInstalled}`);
  }
  project.provide("consumer", consumer);
  project.provide("tarballs", tarballs);
  project.provide("notInstalled", notInstalled);
  return () => rmSync(folder, { recursive: true, force: true });
}

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
}

function npm(cwd: string, ...args: readonly string[]): string {
  const env = { ...process.env, CI: "true" };
  return execFileSync("npm", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
