import type { Paint } from "./paint.js";
import { printableLines } from "./printable.js";

/** Those in the headers of the pages show nothing that the words do not. */
const PICTURES = /[\p{Extended_Pictographic}\ufe0f]+ ?/gu;

/**
 * A page of our own documentation for a terminal: headings stand out, links show where they lead, and what is for
 * other programs is gone. Code and tables stay as they are.
 */
export function markdownForTerminal(text: string, paint: Paint): string {
  let isCode = false;
  const lines = printableLines(text.replace(/<!--[^]*?-->\n*/g, "").replace(PICTURES, ""))
    .split("\n")
    .flatMap((line) => {
      if (/^\s*```/.test(line)) {
        isCode = !isCode;
        return [];
      }
      if (isCode) return [`    ${line}`.trimEnd()];
      const [, heading] = /^#+ (.*)/.exec(line) ?? [];
      return [heading === undefined ? withoutMarks(line, paint) : paint("bold", withoutMarks(heading, NO_PAINT))];
    });
  return `${lines.join("\n").trim()}\n`;
}

const NO_PAINT: Paint = (_style, text) => text;

function withoutMarks(line: string, paint: Paint): string {
  return line
    .replace(/\[([^\]]*)\]\((https?:[^)\s]*)\)/g, "$1 ($2)")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, (_, words: string) => paint("bold", words))
    .replace(/(?<![\w`])_([^_`]+)_(?![\w`])/g, "$1");
}
