import { hasWildcards } from "../kit/glob.js";

const WILDCARD = /(\*\*\/|\*|\?)/;

/** A pattern with its wildcards at the odd places. */
export function partsOf(pattern: string): readonly string[] {
  return pattern.split(WILDCARD);
}

/**
 * What the wildcards of a pattern stand for in a path that fits it: each for as much as it can, the first one first. `*` is
 * any text inside one name, `?` one character of it, and two stars with their slash any number of folders.
 *
 * An expression would find the same, and try every division of the path for it. Here the time is at most the product of
 * the two lengths, whatever the pattern.
 */
export function textsOfWildcards(pattern: string, path: string): readonly string[] | undefined {
  if (!hasWildcards(pattern)) return undefined;
  const parts = partsOf(pattern);
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (!path.startsWith(first) || !path.endsWith(last)) return undefined;
  const rests = restsThatFit(parts, path);
  if (rests[0]?.[0] !== 1) return undefined;
  const texts: string[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const isWildcard = index % 2 === 1;
    const fits = rests[index + 1];
    let end = at;
    if (isWildcard) {
      for (let next = at; next !== -1; next = part === "?" && next > at ? -1 : stepOver(part, path, next)) {
        if (fits?.[next] === 1) end = next;
      }
      texts.push(path.slice(at, end));
    } else end += part.length;
    at = end;
  }
  return texts;
}

/** For each part, at which offsets of the path it and all after it fit what is left of the path. */
function restsThatFit(parts: readonly string[], path: string): readonly Uint8Array[] {
  let after = new Uint8Array(path.length + 1);
  after[path.length] = 1;
  const rests = [after];
  for (const [index, part] of [...parts.entries()].reverse()) {
    const here = new Uint8Array(path.length + 1);
    for (let at = path.length; at >= 0; at -= 1) {
      if (index % 2 === 0) here[at] = path.startsWith(part, at) ? (after[at + part.length] ?? 0) : 0;
      else {
        const next = stepOver(part, path, at);
        const further = next === -1 ? 0 : ((part === "?" ? after : here)[next] ?? 0);
        here[at] = part === "?" ? further : (after[at] ?? 0) | further;
      }
    }
    rests.push(here);
    after = here;
  }
  return rests.reverse();
}

/** Behind the next character or folder that a wildcard may stand for, or -1. */
function stepOver(wildcard: string, path: string, at: number): number {
  if (at >= path.length || path[at] === "/") return -1;
  if (wildcard !== "**/") return at + 1;
  const slash = path.indexOf("/", at);
  return slash === -1 ? -1 : slash + 1;
}
