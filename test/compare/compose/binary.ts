import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { ComposeVersion } from "../../../src/compose/model.js";

/** A `docker-compose` that can be asked. */
export interface ComposeBinary {
  readonly path: string;
  /** Which of our versions its answers are compared with. */
  readonly version: PackagedVersion;
  /** What it says of itself: `2.40.3-3`. */
  readonly release: string;
}

/** The versions that Debian packages. */
export type PackagedVersion = Exclude<ComposeVersion, "5">;

const SUITES: Readonly<Record<PackagedVersion, string>> = { "2.40": "forky", "2.26": "trixie" };
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const INSIDE_THE_PACKAGE = "usr/libexec/docker/cli-plugins/docker-compose";

/**
 * Gets the Debian package of a version from the mirror in this machine's own apt configuration, and unpacks it below
 * the temporary directory. Nothing is installed, and apt's own state stays as it is.
 *
 * @returns why not, in words, when that can't be done here.
 */
export function packagedCompose(version: PackagedVersion): ComposeBinary | string {
  const suite = SUITES[version];
  const folder = path.join(tmpdir(), "compose-networks-compare", suite);
  const binary = path.join(folder, "root", INSIDE_THE_PACKAGE);
  try {
    if (!existsSync(binary)) unpack(suite, folder);
    const release = run(binary, ["version", "--short"]).trim();
    if (release.startsWith(`${version}.`)) return { path: binary, version, release };
    return `Debian ${suite} has Compose ${release}, not ${version}`;
  } catch (error) {
    return `Compose ${version} can't be had from Debian ${suite}: ${firstLine(error)}`;
  }
}

function unpack(suite: string, folder: string): void {
  const at = (...names: string[]): string => path.join(folder, ...names);
  for (const directory of [["lists", "partial"], ["cache", "archives", "partial"], ["packages"]]) {
    mkdirSync(at(...directory), { recursive: true });
  }
  writeFileSync(at("status"), "");
  writeFileSync(at("sources.list"), `deb [signed-by=${KEYRING}] ${debianMirror()} ${suite} main\n`);
  const privateState = {
    "Dir::Etc::sourcelist": at("sources.list"),
    "Dir::Etc::sourceparts": "/dev/null",
    "Dir::State": folder,
    "Dir::State::lists": at("lists"),
    "Dir::State::status": at("status"),
    "Dir::Cache": at("cache"),
    "APT::Sandbox::User": "root",
    // Where there is no network, that is to be said soon.
    "Acquire::Retries": "0",
    "Acquire::http::Timeout": "20",
  };
  const options = Object.entries(privateState).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  run("apt-get", ["-qq", ...options, "update"]);
  run("apt-get", ["-qq", ...options, "download", "docker-compose"], at("packages"));
  for (const file of readdirSync(at("packages"))) run("dpkg-deb", ["-x", at("packages", file), at("root")]);
}

function debianMirror(): string {
  const filter = ["Created-By: Packages", "Origin: Debian", "Label: Debian"];
  const [uri] = run("apt-get", ["indextargets", "--format", "$(REPO_URI)", ...filter]).split("\n");
  if (uri === undefined || uri === "") throw new Error("apt knows no Debian mirror");
  return uri;
}

function run(command: string, args: readonly string[], cwd?: string): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], cwd });
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}
