import { normalizePath } from "../kit/paths.js";
import { matchesGlob } from "../kit/glob.js";
import type { Policy } from "./policy.js";

/** The host of all files that no entry of `hosts` names: nobody said where they run. */
export const UNNAMED_HOST = "";

/**
 * The hosts that a compose file runs on.
 *
 * @param file Relative to the directory of the policy file.
 */
export function hostsOf({ hosts }: Pick<Policy, "hosts">, file: string): readonly string[] {
  const path = normalizePath(file);
  const named = hosts.filter(({ files }) => files.some(({ glob }) => matchesGlob(glob, path))).map(({ host }) => host);
  return named.length > 0 ? [...new Set(named)] : [UNNAMED_HOST];
}
