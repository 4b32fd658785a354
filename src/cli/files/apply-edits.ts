import type { Edit } from "../../kit/edit.js";

const BYTE_ORDER_MARK = "\uFEFF";

/** @param text With its byte order mark, which the offsets of edits do not count. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const body = text.slice(mark.length);
  let result = mark;
  let from = 0;
  for (const { span, text: written } of [...edits].sort((left, right) => left.span[0] - right.span[0])) {
    result += body.slice(from, span[0]) + written;
    from = span[1];
  }
  return result + body.slice(from);
}
