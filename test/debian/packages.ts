import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A suite of Debian: each has other releases of the same packages. */
export type Suite = (typeof SUITES)[number];

const SUITES = ["bullseye", "bookworm", "trixie", "forky"] as const;

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * Gets packages of a suite from the mirror in this machine's own apt configuration, and unpacks each into a folder of
 * its own below the temporary directory, where the next call finds it. Nothing is installed, and apt's own state stays
 * as it is.
 *
 * @returns the root folder of each package, in the order asked for.
 * @throws when there is no apt, no mirror, or no such package in the suite.
 */
export function unpackedPackages(suite: Suite, names: readonly string[]): string[] {
  const folder = path.join(ownFolder(), suite);
  const root = (name: string): string => path.join(folder, name);
  const missing = names.filter((name) => !existsSync(root(name)));
  if (missing.length > 0) unpackInto(folder, suite, missing);
  return names.map(root);
}

/** The suite that this machine itself was installed from. */
export function ownSuite(): Suite | undefined {
  const release = existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
  const codename = /^VERSION_CODENAME="?(\w+)/m.exec(release)?.[1];
  return SUITES.find((suite) => suite === codename);
}

/** What lies there may be started as root: so it must be this user's own work. */
function ownFolder(): string {
  const user = process.getuid?.() ?? 0;
  const folder = path.join(tmpdir(), `compose-networks-debian-${user}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (uid !== user || (mode & 0o077) !== 0) throw new Error(`${folder} can be written by others`);
  return folder;
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
}

function unpackInto(folder: string, suite: Suite, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  // Two runs at once may want the same package: each works beside it, and the first to finish is the one that counts.
  const workshop = mkdtempSync(path.join(folder, ".unpacking-"));
  try {
    download(workshop, suite, names);
    for (const file of readdirSync(path.join(workshop, "packages"))) {
      const name = file.slice(0, file.indexOf("_"));
      run("dpkg-deb", ["-x", path.join(workshop, "packages", file), path.join(workshop, name)]);
      moveUnlessThere(path.join(workshop, name), path.join(folder, name));
    }
  } finally {
    rmSync(workshop, { recursive: true });
  }
}

function download(folder: string, suite: Suite, names: readonly string[]): void {
  const at = (...segments: string[]): string => path.join(folder, ...segments);
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
  run("apt-get", ["-qq", ...options, "download", ...names], at("packages"));
}

function debianMirror(): string {
  const filter = ["Created-By: Packages", "Origin: Debian", "Label: Debian"];
  const [uri] = run("apt-get", ["indextargets", "--format", "$(REPO_URI)", ...filter]).split("\n");
  if (uri === undefined || uri === "") throw new Error("apt knows no Debian mirror");
  return uri;
}

function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function run(command: string, args: readonly string[], cwd?: string): string {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", cwd });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} says: ${stderr.trim()}`);
  return stdout;
}
