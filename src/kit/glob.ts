/**
 * Whether a path fits a pattern: `*` is any text inside one folder name, `?` one character of it,
 * `**` any number of folders, none included. Every other character stands for itself, brackets and braces too:
 * folders named `[id]` exist.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (!hasWildcards(pattern)) return pattern === path;
  const { beginning, ending } = endsOf(pattern);
  // Of the thousands of globs that one file may be compared with, hardly any comes further.
  if (!path.startsWith(beginning) || !path.endsWith(ending)) return false;
  return matchesWildcards(pattern.split("/"), path.split("/"), (folder) => folder === "**", matchesName);
}

/** Whether it stands for more than one path. */
export function hasWildcards(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** What a path that fits begins with and ends in; `**` may stand for no folder, and then its slash goes with it. */
function endsOf(pattern: string): { readonly beginning: string; readonly ending: string } {
  const [beginning = ""] = /^[^*?]*/.exec(pattern) ?? [];
  const last = Math.max(pattern.lastIndexOf("*"), pattern.lastIndexOf("?"));
  const ending = pattern.slice(last + 1);
  const isFolders = (at: number): boolean => pattern.startsWith("**", at);
  return {
    beginning: isFolders(beginning.length) ? beginning.replace(/\/$/, "") : beginning,
    ending: isFolders(last - 1) ? ending.replace(/^\//, "") : ending,
  };
}

function matchesName(pattern: string, name: string): boolean {
  return matchesWildcards(
    [...pattern],
    [...name],
    (character) => character === "*",
    (expected, actual) => expected === "?" || expected === actual,
  );
}

/**
 * Wildcard matching over any sequence. Only the last star is ever reconsidered, so the time is at most
 * the product of the two lengths, whatever the pattern.
 */
export function matchesWildcards<Part>(
  pattern: readonly Part[],
  subject: readonly string[],
  isStar: (part: Part) => boolean,
  fits: (part: Part, actual: string) => boolean,
): boolean {
  let part = 0;
  let position = 0;
  let lastStar = -1;
  let resumeAt = 0;
  for (;;) {
    const expected = pattern[part];
    const actual = subject[position];
    if (expected !== undefined && isStar(expected)) {
      lastStar = part;
      resumeAt = position;
      part += 1;
    } else if (actual === undefined) {
      return expected === undefined;
    } else if (expected !== undefined && fits(expected, actual)) {
      part += 1;
      position += 1;
    } else if (lastStar !== -1) {
      resumeAt += 1;
      position = resumeAt;
      part = lastStar + 1;
    } else {
      return false;
    }
  }
}
