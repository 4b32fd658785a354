import type { Edit } from "../kit/edit.js";
import type { Span } from "../kit/source.js";
import { isFixable } from "./finding.js";

/** Edits of one finding as one. */
export interface Replacement {
  readonly span: Span;
  readonly text: string;
}

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The edits of one finding as one replacement, from the first of them to the last.
 *
 * @param text Without a byte order mark.
 */
export function mergeEdits(text: string, edits: readonly Edit[]): Replacement | undefined {
  const sorted = [...edits].sort(bySpan);
  const [first] = sorted;
  if (!first) return undefined;
  let merged = "";
  let end = first.span[0];
  for (const { span, text: written } of sorted) {
    if (span[0] < end) throw new TypeError("the edits of one finding overlap");
    merged += text.slice(end, span[0]) + written;
    end = span[1];
  }
  return { span: [first.span[0], end], text: merged };
}

/**
 * Makes as many fixes as can be made at once, as ESLint chooses them: in the order of their places, and none that
 * touches the one before it.
 *
 * @param text With its byte order mark, which the edits do not count.
 */
function applyFixes(text: string, findings: readonly { readonly fix: readonly Edit[] | undefined }[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  const fixes = findings.flatMap(({ fix }) => (fix && mergeEdits(body, fix)) ?? []).sort(bySpan);
  let fixed = mark;
  let end = 0;
  let isFirst = true;
  for (const { span, text: written } of fixes) {
    if (!isFirst && span[0] <= end) continue;
    fixed += body.slice(end, span[0]) + written;
    end = span[1];
    isFirst = false;
  }
  return fixed + body.slice(end);
}

/** A pass may bring in what the next one fixes. */
const MOST_PASSES = 10;

/**
 * Fixes a text again and again, until a pass has nothing to fix, or is back where the one before the last was.
 *
 * @param lint Undefined findings: the text is not fixed any further.
 */
export function fixInPasses<Linted>(
  text: string,
  lint: (text: string) => Linted,
  fixesIn: (linted: Linted) => readonly { readonly fix: readonly Edit[] | undefined }[],
): { readonly text: string; readonly linted: Linted; readonly isFixed: boolean } {
  let current = text;
  let previous: string | undefined;
  let isFixed = false;
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const linted = lint(current);
    const fixable = fixesIn(linted).filter(isFixable);
    if (fixable.length === 0) return { text: current, linted, isFixed };
    isFixed = true;
    const [before, next] = [previous, applyFixes(current, fixable)];
    previous = current;
    current = next;
    if (next === before) break;
  }
  return { text: current, linted: lint(current), isFixed };
}

function bySpan({ span: one }: Replacement, { span: other }: Replacement): number {
  return one[0] - other[0] || one[1] - other[1];
}
