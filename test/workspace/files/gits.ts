import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { reasonOf, unpackedPackages, type Suite } from "../../debian/packages.js";

/** A git, and the `PATH` that leads to it. */
export interface Git {
  /** For the names of tests: `git 2.30.2`, or why there is none. */
  readonly name: string;
  readonly searchPath: string | undefined;
}

/** What git needs of its suite, where that is younger than this machine. */
const LIBRARIES = ["libc6", "libpcre2-8-0", "zlib1g"] as const;

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "compose-networks-gits-")));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** This machine's own git, and those of Debian's suites that can be had here. */
export const GITS: readonly Git[] = [
  gitIn(process.env["PATH"] ?? "", "git"),
  ...(["bullseye", "trixie", "forky"] as const).map(ofSuite),
];

function gitIn(searchPath: string, label: string): Git {
  try {
    const said = execFileSync("git", ["--version"], { env: { PATH: searchPath }, encoding: "utf8" });
    return { name: said.trim().replace("version ", ""), searchPath };
  } catch (error) {
    return { name: `${label} (skipped: ${reasonOf(error)})`, searchPath: undefined };
  }
}

function ofSuite(suite: Suite): Git {
  const label = `git of Debian ${suite}`;
  if (process.platform !== "linux") return { name: `${label} (skipped: it needs Linux)`, searchPath: undefined };
  try {
    const [git = "", ...libraries] = unpackedPackages(suite, ["git", ...LIBRARIES]);
    const program = path.join(git, "usr/bin/git");
    const folders = libraries.flatMap(libraryFolders);
    const [loader] = folders.flatMap((one) =>
      readdirSync(one)
        .filter(isLoader)
        .map((name) => path.join(one, name)),
    );
    const wrapper = path.join(folder, suite);
    mkdirSync(wrapper);
    writeFileSync(
      path.join(wrapper, "git"),
      `#!/bin/sh\nexec '${loader ?? ""}' --library-path '${folders.join(":")}' '${program}' "$@"\n`,
    );
    chmodSync(path.join(wrapper, "git"), 0o755);
    chmodSync(folder, 0o755);
    return gitIn(`${wrapper}:${process.env["PATH"] ?? ""}`, label);
  } catch (error) {
    return { name: `${label} (skipped: ${reasonOf(error)})`, searchPath: undefined };
  }
}

/** Each architecture has one of its own name. */
function libraryFolders(root: string): string[] {
  return ["lib", "usr/lib"]
    .map((name) => path.join(root, name))
    .filter(existsSync)
    .flatMap((lib) => readdirSync(lib).map((name) => path.join(lib, name)))
    .filter((one) => one.endsWith("-linux-gnu"));
}

function isLoader(name: string): boolean {
  return /^ld-linux.*\.so\.\d+$/.test(name);
}
