import { hasWildcards, matchesGlob } from "../kit/glob.js";
import { isWithin } from "../kit/paths.js";
import type { Policy } from "./policy.js";

/**
 * Whether a policy says that nobody wants to hear of a file or a folder. A folder stands for all that is in it.
 *
 * @param path Relative to the directory of the policy file. That directory, and those above it, can't be left out.
 */
export function isLeftOut({ ignore }: Pick<Policy, "ignore">, path: string): boolean {
  if (ignore.length === 0 || /^\.{1,2}(?:\/\.\.)*$/.test(path)) return false;
  return ignore.some((glob) => (hasWildcards(glob) ? matchesGlob(`${glob}/**`, path) : isWithin(path, glob)));
}
