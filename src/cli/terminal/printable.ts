export { cut, cutQuotes, printable, printableLineStart, printablePath } from "../../kit/printable.js";
import { escapeUnprintable } from "../../kit/printable.js";

/** The same as `printable` for text of many lines, whose line ends and tabs stay. */
export function printableLines(text: string): string {
  return escapeUnprintable(text.replace(/\r\n/g, "\n"), (sign) => /[\t\n]/.test(sign));
}

/** `JSON.stringify` leaves some of them as they are, and JSON has no escape for what lies beyond four digits. */
export function stringifyPrintably(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return `${escapeUnprintable(json, (sign) => sign === "\n", escapeUnits)}\n`;
}

function escapeUnits(sign: string): string {
  return sign
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
