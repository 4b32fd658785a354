// What a release consists of, and how npm is asked about it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The command first: the plugin's pages name it. */
export const PACKAGES = ["./packages/compose-networks", "."].map((folder) => ({
  folder,
  ...JSON.parse(readFileSync(`${folder}/package.json`, "utf8")),
}));

export function npm(args, options = {}) {
  return execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });
}

/** What the registry says of a package, or undefined where it has none. */
export function view(...args) {
  try {
    const text = npm(["view", ...args, "--json"]);
    return text.trim() === "" ? undefined : JSON.parse(text);
  } catch (error) {
    if (String(error.stdout).includes("E404") || String(error.stderr).includes("E404")) return undefined;
    throw new Error(`npm view ${args.join(" ")}: ${String(error.stderr).trim()}`, { cause: error });
  }
}
