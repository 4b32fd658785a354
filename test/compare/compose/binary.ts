import { execFileSync } from "node:child_process";
import path from "node:path";

import type { ComposeVersion } from "../../../src/compose/load/loader.js";
import { reasonOf, unpackedPackages, type Suite } from "../../debian/packages.js";

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

const SUITES: Readonly<Record<PackagedVersion, Suite>> = { "2.40": "forky", "2.26": "trixie" };
const INSIDE_THE_PACKAGE = "usr/libexec/docker/cli-plugins/docker-compose";

/**
 * Compose as Debian packages it; nothing is installed.
 *
 * @returns why not, in words, when that can't be done here.
 */
export function packagedCompose(version: PackagedVersion): ComposeBinary | string {
  const suite = SUITES[version];
  try {
    const [root = ""] = unpackedPackages(suite, ["docker-compose"]);
    const binary = path.join(root, INSIDE_THE_PACKAGE);
    const release = execFileSync(binary, ["version", "--short"], { encoding: "utf8" }).trim();
    if (release.startsWith(`${version}.`)) return { path: binary, version, release };
    return `Debian ${suite} has Compose ${release}, not ${version}`;
  } catch (error) {
    return `Compose ${version} can't be had from Debian ${suite}: ${reasonOf(error)}`;
  }
}
