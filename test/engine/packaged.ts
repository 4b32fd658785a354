import { execFileSync } from "node:child_process";
import path from "node:path";

import { reasonOf, unpackedPackages, type Suite } from "../debian/packages.js";

/** A line of engine releases that Debian packages. */
export type EngineLine = "20.10" | "26.1" | "28.5";

/** An engine that can be started. */
export interface PackagedEngine {
  readonly line: EngineLine;
  /** What the daemon says of itself: `28.5.2+dfsg4`. */
  readonly release: string;
  /** What `dockerd` needs to find: itself, the client, containerd and runc. */
  readonly searchPath: string;
  readonly dockerd: string;
  readonly docker: string;
  readonly composeBinary: string;
}

interface Source {
  readonly suite: Suite;
  readonly packages: readonly string[];
  /** Where its Compose comes from: bookworm's is still the one in Python. */
  readonly compose: Suite;
}

const CLIENT_APART = ["docker.io", "docker-cli", "containerd", "runc"];

const SOURCES: Readonly<Record<EngineLine, Source>> = {
  "28.5": { suite: "forky", packages: CLIENT_APART, compose: "forky" },
  "26.1": { suite: "trixie", packages: CLIENT_APART, compose: "trixie" },
  "20.10": { suite: "bookworm", packages: ["docker.io", "containerd", "runc"], compose: "trixie" },
};

export const ENGINE_LINES: readonly EngineLine[] = ["28.5", "26.1", "20.10"];

const NEEDED_COMMANDS = ["ip", "unshare", "setpriv", "mount", "apt-get", "dpkg-deb"];

/** Why no engine can be started on this machine, in words; undefined if one can. */
function obstacle(): string | undefined {
  if (process.platform !== "linux") return "it needs Linux";
  if (process.getuid?.() !== 0) return "it needs root, to make network namespaces";
  const missing = NEEDED_COMMANDS.filter((command) => !isInstalled(command));
  if (missing.length > 0) return `it needs ${missing.join(", ")}`;
  return mayUnshare() ? undefined : "this machine lets nobody make namespaces";
}

/**
 * The engine of a line as Debian packages it, with its client and a Compose; nothing is installed.
 *
 * @returns why not, in words, when that can't be done here.
 */
export function packagedEngine(line: EngineLine): PackagedEngine | string {
  const reason = obstacle();
  if (reason !== undefined) return reason;
  const { suite, packages, compose } = SOURCES[line];
  try {
    const roots = unpackedPackages(suite, packages);
    const [composeRoot = ""] = unpackedPackages(compose, ["docker-compose"]);
    const folders = roots.flatMap((root) => [path.join(root, "usr/sbin"), path.join(root, "usr/bin")]);
    const [dockerd = ""] = folders.map((folder) => path.join(folder, "dockerd"));
    const client = packages.includes("docker-cli") ? "docker-cli" : "docker.io";
    const engine: PackagedEngine = {
      line,
      release: releaseOf(dockerd),
      searchPath: [...folders, process.env["PATH"] ?? ""].join(":"),
      dockerd,
      docker: path.join(roots[packages.indexOf(client)] ?? "", "usr/bin/docker"),
      composeBinary: path.join(composeRoot, "usr/libexec/docker/cli-plugins/docker-compose"),
    };
    if (engine.release.startsWith(`${line}.`)) return engine;
    return `Debian ${suite} has Docker Engine ${engine.release}, not ${line}`;
  } catch (error) {
    return `Docker Engine ${line} can't be had from Debian ${suite}: ${reasonOf(error)}`;
  }
}

/** `Docker version 28.5.2+dfsg4, build …` → `28.5.2+dfsg4`. */
function releaseOf(dockerd: string): string {
  const text = execFileSync(dockerd, ["--version"], { encoding: "utf8" });
  return /version ([^,\s]+)/.exec(text)?.[1] ?? text.trim();
}

function isInstalled(command: string): boolean {
  return succeeds("sh", ["-c", `command -v ${command}`]);
}

function mayUnshare(): boolean {
  return succeeds("unshare", ["--net", "--mount", "--propagation", "private", "mount", "-t", "tmpfs", "tmpfs", "/run"]);
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
