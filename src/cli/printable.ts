/** C0 and C1 controls, and the signs that turn the direction of text around. */
// eslint-disable-next-line no-control-regex -- they are what it is about
const UNPRINTABLE = /[\0-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Makes the text of a file fit for one line of a terminal, which would obey the control characters in it. */
export function printable(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ").replace(UNPRINTABLE, escapeCharacter);
}

/** The same for text of many lines, whose line ends and tabs stay. */
export function printableLines(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(UNPRINTABLE, (sign) => (/[\t\n]/.test(sign) ? sign : escapeCharacter(sign)));
}

/** `JSON.stringify` leaves some of them as they are. */
export function stringifyPrintably(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(UNPRINTABLE, (sign) => (sign === "\n" ? sign : escapeCharacter(sign)))}\n`;
}

function escapeCharacter(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
