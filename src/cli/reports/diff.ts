import { compareLines, type Line } from "./compare-lines.js";

/** Lines around a change that say where it is. */
const CONTEXT = 3;

/**
 * The difference of two texts as `patch` and `git apply` read it, or nothing when they are equal.
 *
 * @param path Relative, with `/`.
 * @param before Undefined for a new file.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  const hunks = hunksOf(compareLines(linesOf(before ?? ""), linesOf(after)));
  if (hunks.length === 0) return "";
  return `--- ${before === undefined ? "/dev/null" : quotePath(`a/${path}`)}\n+++ ${quotePath(`b/${path}`)}\n${hunks.join("")}`;
}

/** Each line with its end. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Names with unusual characters are quoted as git does; behind one with a space, a tab marks the end. */
function quotePath(path: string): string {
  // eslint-disable-next-line no-control-regex -- they are what has to be quoted
  if (/["\\\u0000-\u001f\u007f]/.test(path)) {
    // eslint-disable-next-line no-control-regex -- see above
    return `"${path.replace(/["\\\u0000-\u001f\u007f]/g, (sign) => (/["\\]/.test(sign) ? `\\${sign}` : octal(sign)))}"`;
  }
  return path.includes(" ") ? `${path}\t` : path;
}

function octal(sign: string): string {
  return `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const changes = lines.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const spans: { first: number; last: number }[] = [];
  for (const index of changes) {
    const open = spans.at(-1);
    if (open && index - open.last <= 2 * CONTEXT + 1) open.last = index;
    else spans.push({ first: index, last: index });
  }
  const skipped = { "-": 0, "+": 0 };
  let counted = 0;
  return spans.map(({ first, last }) => {
    const start = Math.max(0, first - CONTEXT);
    for (; counted < start; counted += 1) {
      const sign = lines[counted]?.sign;
      if (sign !== "+") skipped["-"] += 1;
      if (sign !== "-") skipped["+"] += 1;
    }
    return hunk(lines.slice(start, last + CONTEXT + 1), skipped);
  });
}

function hunk(inside: readonly Line[], skipped: Readonly<Record<"-" | "+", number>>): string {
  const range = (sign: "-" | "+"): string => {
    const length = inside.filter((line) => line.sign === " " || line.sign === sign).length;
    // An empty range is named by the line before it.
    return `${sign}${length === 0 ? skipped[sign] : skipped[sign] + 1},${length}`;
  };
  const body = inside.map(({ sign, text }) =>
    text.endsWith("\n") ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ ${range("-")} ${range("+")} @@\n${body.join("")}`;
}
