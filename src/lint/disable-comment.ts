import type { Edit } from "../kit/edit.js";
import { endOfLineOf, positionAt, type Place } from "../kit/source.js";

const DIRECTIVE = /^[ \t]*# *eslint-disable-next-line +\S.*?(?=[ \t]+--[ \t]|[ \t]*\r?\n)/;

/**
 * The comment above a place that turns a rule off for its line. Where one stands there already it takes the rule along:
 * a line between it and what it was written for would make it void.
 */
export function disableComment({ source, span }: Place, rule: string): Edit {
  const { text, lineStarts } = source;
  const { line } = positionAt(source, span[0]);
  const lineStart = lineStarts[line - 1] ?? 0;
  const above = lineStarts[line - 2] ?? lineStart;
  const directive = DIRECTIVE.exec(text.slice(above, lineStart));
  if (directive) {
    const end = above + directive[0].length;
    return { span: [end, end], text: `, ${rule}` };
  }
  const [indentation = ""] = /^[ \t]*/.exec(text.slice(lineStart)) ?? [];
  const comment = `${indentation}# eslint-disable-next-line ${rule}`;
  return { span: [lineStart, lineStart], text: comment + endOfLineOf(source) };
}
