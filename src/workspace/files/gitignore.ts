import { baseName } from "../../kit/paths.js";
import { matchesWildcards } from "../../kit/glob.js";

/** Whether a path, relative to the folder of the list, is left out or expressly not; undefined where no line is about it. */
export type IgnoreList = (path: string, isFolder: boolean) => boolean | undefined;

/** One line of a `.gitignore`. */
interface Line {
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  readonly fits: (path: string) => boolean;
}

/**
 * Reads a `.gitignore` as git does (gitignore(5)). It asks nothing of the folders above a path: who walks does not
 * enter those that are left out. However the patterns are made, the time is at most their length times that of the path:
 * a checkout must not be able to stop us.
 */
export function readIgnoreList(text: string): IgnoreList {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line) => readLine(line.replace(/\r$/, "")) ?? [])
    .reverse();
  return (path, isFolder) => {
    const last = lines.find((line) => (isFolder || !line.isForFolders) && line.fits(path));
    return last && !last.isNegated;
  };
}

function readLine(line: string): Line | undefined {
  if (line.startsWith("#")) return undefined;
  const isNegated = line.startsWith("!");
  const written = withoutSpaces(isNegated ? line.slice(1) : line);
  const isForFolders = written.endsWith("/");
  const pattern = isForFolders ? written.slice(0, -1) : written;
  if (pattern === "") return undefined;
  const fits = pattern.includes("/") ? pathMatcher(pattern.replace(/^\//, "")) : nameMatcher(pattern);
  return fits && { isNegated, isForFolders, fits };
}

/** A space at the end counts where a backslash stands before it. */
function withoutSpaces(written: string): string {
  let end = written.length;
  while (written[end - 1] === " ") end -= 1;
  let backslashes = 0;
  while (written[end - 1 - backslashes] === "\\") backslashes += 1;
  const isEscaped = end < written.length && backslashes % 2 === 1;
  return written.slice(0, isEscaped ? end + 1 : end);
}

function nameMatcher(pattern: string): Line["fits"] | undefined {
  const matches = segmentMatcher(pattern);
  return matches && ((path) => matches(baseName(path)));
}

/**
 * Git compares what stands before the first wildcard as text, and reads the rest as if it began there: two stars right
 * after a text are folders, too, where a slash follows.
 */
function pathMatcher(pattern: string): Line["fits"] | undefined {
  const literal = /^[^*?[\\]*/.exec(pattern)?.[0] ?? "";
  if (literal === pattern) return (path) => path === pattern;
  const matchers: ("**" | SegmentMatcher)[] = [];
  const segments = segmentsOf(pattern.slice(literal.length));
  for (const [index, segment] of segments.entries()) {
    const isFolders = /^\*{2,}$/.test(segment);
    const matcher = isFolders ? "**" : segmentMatcher(segment);
    if (matcher === undefined) return undefined;
    matchers.push(matcher);
    // At the end, it is what lies in a folder, and not the folder.
    if (isFolders && index === segments.length - 1) matchers.push(() => true);
  }
  return (path) =>
    path.startsWith(literal) &&
    matchesWildcards(
      matchers,
      path.slice(literal.length).split("/"),
      (matcher) => matcher === "**",
      (matcher, name) => matcher !== "**" && matcher(name),
    );
}

/**
 * A slash in brackets divides no folders, and fits nothing. One after a backslash divides them like every other, but the two
 * stars before it stand for at least one folder.
 */
function segmentsOf(pattern: string): readonly string[] {
  const segments = [""];
  let rest = pattern;
  // Where one bracket is never closed, none behind it is, and nobody looks for its end again.
  let mayClose = true;
  while (rest !== "") {
    const bracket: ReturnType<typeof readClass> = mayClose && rest.startsWith("[") ? readClass(rest) : undefined;
    mayClose &&= bracket !== undefined || !rest.startsWith("[");
    const length = bracket?.length ?? (rest.startsWith("\\") ? 2 : 1);
    if (rest.startsWith("\\/")) segments.push(...(/^\*{2,}$/.test(segments.at(-1) ?? "") ? ["*", ""] : [""]));
    else if (rest.startsWith("/")) segments.push("");
    else segments.push(`${segments.pop() ?? ""}${rest.slice(0, length)}`);
    rest = rest.slice(length);
  }
  return segments;
}

type SegmentMatcher = (name: string) => boolean;

/** Undefined for a pattern that git takes for broken: it fits nothing. */
function segmentMatcher(pattern: string): SegmentMatcher | undefined {
  if (!/[*?[\\]/.test(pattern)) return (name) => name === pattern;
  const [, ending] = /^\*([^*?[\\]+)$/.exec(pattern) ?? [];
  if (ending !== undefined) return (name) => name.endsWith(ending);
  const parts = partsOf(pattern);
  return (
    parts &&
    ((name) =>
      matchesWildcards(
        parts,
        [...name],
        (part) => part === "*",
        (part, character) => part !== "*" && part(character),
      ))
  );
}

type Part = "*" | ((character: string) => boolean);

function partsOf(pattern: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let rest = pattern;
  while (rest !== "") {
    const [first = ""] = rest;
    if (first === "[") {
      const read = readClass(rest);
      if (!read) return undefined;
      parts.push(read.fits);
      rest = rest.slice(read.length);
      continue;
    }
    const isEscape = first === "\\";
    const [character] = isEscape ? rest.slice(1) : rest;
    if (character === undefined) return undefined;
    if (!isEscape && character === "*") {
      if (parts.at(-1) !== "*") parts.push("*");
    } else if (!isEscape && character === "?") parts.push(() => true);
    else parts.push((actual) => actual === character);
    rest = rest.slice(first.length + (isEscape ? character.length : 0));
  }
  return parts;
}

const POSIX_CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  // eslint-disable-next-line no-control-regex -- they are what the class is about
  cntrl: /[\0-\x1F\x7F]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t-\r]/,
  upper: /[A-Z]/,
  xdigit: /[A-Fa-f0-9]/,
};

/** `[a-z]`, `[!0-9]`, `[[:alpha:]_]` at the start of a text. */
function readClass(
  text: string,
): { readonly fits: (character: string) => boolean; readonly length: number } | undefined {
  const [, negation = "", body] = /^\[([!^]?)(\]?(?:\[:[a-z]*:\]|\\[^]|[^\]\\])*)\]/u.exec(text) ?? [];
  if (body === undefined) return undefined;
  const members = [...body.matchAll(/\[:([a-z]*):\]|(\\[^]|[^])(?:-(\\[^]|[^]))?/gu)];
  const tests = members.map(([, name, from = "", to]) => {
    if (name !== undefined) return (character: string) => POSIX_CLASSES[name]?.test(character) === true;
    const [low, high] = [bare(from), bare(to ?? from)];
    // The first of a range belongs to it even where the last comes before it.
    return (character: string) => character === low || (low <= character && character <= high);
  });
  const length = 2 + negation.length + body.length;
  const fits = (character: string): boolean => tests.some((test) => test(character)) !== (negation !== "");
  return { fits: rememberedFor(fits), length };
}

/** A class may have more members than all names have different characters. */
function rememberedFor(fits: (character: string) => boolean): (character: string) => boolean {
  const known = new Map<string, boolean>();
  return (character) => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const answer = fits(character);
    known.set(character, answer);
    return answer;
  };
}

function bare(written: string): string {
  return written.startsWith("\\") ? written.slice(1) : written;
}
