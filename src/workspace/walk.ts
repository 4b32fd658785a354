import { readdirSync, readFileSync } from "node:fs";

import ignore, { type Ignore } from "ignore";

/** What one `.gitignore` says of the paths below its folder. */
interface Ignoring {
  /** Of the folder, from where the walk began: empty or with a slash at its end. */
  readonly prefix: string;
  readonly patterns: Ignore;
}

/**
 * The files below a directory, as paths from there, without those that a `.gitignore` on the way leaves out. Like git,
 * it does not look into a folder that is left out; `node_modules` and `.git` always are.
 */
export function walk(directory: string): string[] {
  return walkFolder(directory, "", []);
}

function walkFolder(directory: string, prefix: string, above: readonly Ignoring[]): string[] {
  let entries;
  try {
    entries = readdirSync(`${directory}/${prefix}`, { withFileTypes: true });
  } catch {
    return [];
  }
  const own = entries.some(({ name }) => name === ".gitignore")
    ? patternsIn(`${directory}/${prefix}.gitignore`)
    : undefined;
  const all = own ? [{ prefix, patterns: own }, ...above] : above;
  return entries.flatMap((entry) => {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      const isLeftOut = entry.name === "node_modules" || entry.name === ".git" || isIgnored(`${path}/`, all);
      return isLeftOut ? [] : walkFolder(directory, `${path}/`, all);
    }
    return entry.isFile() && !isIgnored(path, all) ? [path] : [];
  });
}

function patternsIn(path: string): Ignore | undefined {
  try {
    return ignore().add(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The deepest folder that says anything of a path decides. */
function isIgnored(path: string, all: readonly Ignoring[]): boolean {
  for (const { prefix, patterns } of all) {
    const { ignored, unignored } = patterns.test(path.slice(prefix.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
