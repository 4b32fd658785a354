import { chmodSync, copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";

import { ownSuite, reasonOf, unpackedPackages } from "../debian/packages.js";
import { temporaryFolder } from "../temporary-folder.js";

/** What starts containers on this machine: a newer suite's runc wants a newer C library than the machine has. */
export interface ContainerRuntime {
  /** To be put in front of the search path of a daemon. */
  readonly folder: string;
  /** Where runc finds its libraries. */
  readonly libraries: string;
  /** One static program that is all of an image. */
  readonly busybox: string;
}

let known: ContainerRuntime | string | undefined;

/** The runtime of the machine's own suite; nothing is installed. Or why there is none, in words. */
export function containerRuntime(): ContainerRuntime | string {
  known ??= unpackRuntime();
  return known;
}

function unpackRuntime(): ContainerRuntime | string {
  const suite = ownSuite();
  if (suite === undefined) return "this machine is not a Debian whose packages are known";
  try {
    const [runc = "", busybox = "", seccomp = ""] = unpackedPackages(suite, ["runc", "busybox-static", "libseccomp2"]);
    const folder = temporaryFolder("runtime");
    // Alone: the rest of its package folder must not come before what the engine brings.
    copyFileSync(path.join(runc, "usr/sbin/runc"), path.join(folder, "runc"));
    chmodSync(path.join(folder, "runc"), 0o755);
    return {
      folder,
      libraries: path.dirname(fileIn(seccomp, "libseccomp.so.2")),
      busybox: ["usr/bin", "bin"].map((bin) => path.join(busybox, bin, "busybox")).find(existsSync) ?? "",
    };
  } catch (error) {
    return `no container can be started with Debian ${suite}: ${reasonOf(error)}`;
  }
}

/** Debian keeps libraries in a folder that is named after the processor. */
function fileIn(folder: string, name: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((file) => path.basename(file) === name);
  if (found === undefined) throw new Error(`there is no ${name} in ${folder}`);
  return path.join(folder, found);
}
