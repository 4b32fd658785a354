import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

import { CLEAN, type Outcome } from "../command.js";

const DIST = fileURLToPath(new URL("../../../packages/compose-networks/dist/", import.meta.url));
const LAUNCHER = "compose-networks.cjs";
const BUNDLE = "cli.cjs";

/** What a clean run says, and what poisoned code says instead. Of one length, because V8 compares lengths. */
export const SAYS = "no findings";
export const POISON = "no f1ndings";

/** Our folder in a folder for caches. */
export const OURS = "compose-networks";

/** Somebody's machine: a home, a repository in it, and the command as it is installed. */
export interface Machine {
  readonly home: string;
  readonly repository: string;
  /** The folder for caches that is used without any setting. */
  readonly caches: string;
  /** Runs the command in the repository. */
  run(args?: readonly string[], how?: How): Outcome;
  /** Runs a copy whose bundle says something else, and which is otherwise the same. */
  poison(args?: readonly string[], how?: How): Outcome;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly uid?: number;
}

export function machine(): Machine {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), "compose-networks-")));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const [home, repository, installed, poisoned] = ["home", "home/shop", "installed", "poisoned"].map((name) => {
    const folder = path.join(parent, name);
    mkdirSync(folder, { mode: 0o755 });
    return folder;
  }) as [string, string, string, string];
  writeFileSync(path.join(repository, "compose.yaml"), CLEAN);
  for (const folder of [installed, poisoned]) copyFileSync(path.join(DIST, LAUNCHER), path.join(folder, LAUNCHER));
  copyFileSync(path.join(DIST, BUNDLE), path.join(installed, BUNDLE));
  const bundle = readFileSync(path.join(DIST, BUNDLE), "latin1");
  if (!bundle.includes(SAYS)) throw new Error(`the bundle does not hold "${SAYS}"`);
  writeFileSync(path.join(poisoned, BUNDLE), bundle.replaceAll(SAYS, POISON));

  const start = (folder: string, args: readonly string[], { env = {}, cwd = repository, uid }: How): Outcome => {
    const { PATH = "", SystemRoot = "" } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, LAUNCHER), ...args], {
      cwd,
      env: { PATH, SystemRoot, HOME: home, ...env },
      encoding: "utf8",
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    return { status, stdout, stderr };
  };
  return {
    home,
    repository,
    caches: path.join(home, process.platform === "darwin" ? "Library/Caches" : ".cache"),
    run: (args = [], how = {}) => start(installed, args, how),
    poison: (args = [], how = {}) => start(poisoned, args, how),
  };
}

/** The names in our folder of a folder for caches; none where that is not there. */
export function kept(caches: string): string[] {
  const folder = path.join(caches, OURS);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The only file there, by its path. */
export function keptFile(caches: string): string {
  const [name, ...others] = kept(caches);
  if (name === undefined || others.length > 0) throw new Error(`not one file: ${kept(caches).join(", ")}`);
  return path.join(caches, OURS, name);
}
