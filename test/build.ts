import { execFileSync } from "node:child_process";

/** Builds `dist` from the sources at hand, once for a whole run. */
export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build:code"], { stdio: "inherit", shell: process.platform === "win32" });
}
