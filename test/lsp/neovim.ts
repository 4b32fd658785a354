import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { ownSuite, reasonOf, unpackedPackages } from "../debian/packages.js";

/** A Neovim that can be started. */
export interface Neovim {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** The first line that it prints of itself. */
  readonly version: string;
}

const PACKAGES = [
  "neovim",
  "neovim-runtime",
  "libluajit-5.1-2",
  "libluajit-5.1-common",
  "libmsgpackc2",
  "libtermkey1",
  "libtree-sitter0",
  "libunibilium4",
  "libuv1",
  "libvterm0",
  "lua-luv",
];

/**
 * The one that is installed, else the one that Debian packages for this machine; nothing is installed.
 *
 * @returns why not, in words, when there is none.
 */
export function findNeovim(): Neovim | string {
  const installed = versionOf("nvim", {});
  if (installed !== undefined) return { program: "nvim", env: {}, version: installed };
  if (ownSuite() !== "bookworm") return "nvim is not installed";
  try {
    const roots = unpackedPackages("bookworm", PACKAGES);
    const [root = "", runtime = ""] = roots;
    const env = {
      LD_LIBRARY_PATH: roots.flatMap(librariesIn).join(":"),
      VIMRUNTIME: path.join(runtime, "usr/share/nvim/runtime"),
    };
    const program = path.join(root, "usr/bin/nvim");
    const version = versionOf(program, env);
    return version === undefined ? "Debian's nvim does not start" : { program, env, version };
  } catch (error) {
    return `nvim is not installed, and Debian's can't be fetched: ${reasonOf(error)}`;
  }
}

function librariesIn(root: string): string[] {
  const folder = path.join(root, "usr/lib");
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
}

function versionOf(program: string, env: Readonly<Record<string, string>>): string | undefined {
  const { status, stdout } = spawnSync(program, ["--version"], { env: { ...process.env, ...env }, encoding: "utf8" });
  return status === 0 ? /^NVIM .*$/m.exec(stdout)?.[0] : undefined;
}
