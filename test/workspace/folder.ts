import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished } from "vitest";

import { toPosix } from "../../src/workspace/files/native-paths.js";

/** A folder of real files. It is gone when the test is over. */
export interface Folder {
  /** Absolute, with `/`. */
  readonly path: string;
  write(file: string, text: string): void;
  read(file: string): string;
  remove(file: string): void;
  git(...args: readonly string[]): void;
}

/** @param name Of the folder, when that matters. */
export function createFolder(files: Readonly<Record<string, string>>, name = "workspace"): Folder {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "compose-networks-")));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const path = join(parent, name);
  mkdirSync(path);
  const folder: Folder = {
    path: toPosix(path),
    write(file, text) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), text);
    },
    read: (file) => readFileSync(join(path, file), "utf8"),
    remove: (file) => rmSync(join(path, file), { recursive: true }),
    git: (...args) => void execFileSync("git", ["-C", path, ...args], { stdio: "ignore" }),
  };
  for (const [file, text] of Object.entries(files)) folder.write(file, text);
  return folder;
}

/** A policy with one forbidden range. */
export const POLICY = `version: 1
id: acme-shop
forbidden:
  - { cidr: 192.168.0.0/24, name: office LAN }
pools:
  - { cidr: 10.201.0.0/16, prefix: 24 }
`;

/** A compose file whose one service joins the networks. Each is given as a line below `networks`. */
export function composeFile(...networks: readonly string[]): string {
  const names = networks.map((line) => line.split(":")[0]);
  const declared = networks.length > 0 ? `networks:\n${networks.map((line) => `  ${line}\n`).join("")}` : "";
  return `services: { web: { image: caddy${names.length > 0 ? `, networks: [${names.join(", ")}]` : ""} } }\n${declared}`;
}
