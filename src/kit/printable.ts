/**
 * What a terminal obeys or a reader can't see: controls, signs that turn the direction of text around, zero-width ones,
 * tags, variation selectors and other signs that Unicode says to ignore, and halves of surrogate pairs.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** The runners of GitHub and Azure Pipelines obey it wherever it stands in a line of the log. */
const COMMAND = /(?<=#)#(?=\[|vso\[)/g;
/** GitHub's runner obeys a line that begins so, after any blanks. */
const COMMAND_LINE = /^\s*::/;

/** What is quoted in a message is cut here. */
const LONGEST_QUOTE = 200;
/** Whole messages that we make of quotes and words of our own are never as long. */
const LONGEST_MESSAGE = 4000;

/** Makes the text of a file fit for one line of a terminal, which would obey the control characters in it. */
export function printable(text: string): string {
  return escapeUnprintable(text.replace(/[\t\r\n]+/g, " "));
}

/** The same for the path of a file, in which a tab or a line feed is a part of the name. */
export function printablePath(path: string): string {
  const shown = escapeUnprintable(path);
  return COMMAND_LINE.test(shown) ? `./${shown}` : shown;
}

/** A line that begins with the text of a file, so that no pipeline takes it for a command. */
export function printableLineStart(line: string): string {
  return COMMAND_LINE.test(line) ? line.replace(":", escapeCharacter) : line;
}

/** The places in a line where it has to be interrupted, for whoever shows it character by character. */
export function commandSigns(line: string): ReadonlySet<number> {
  return new Set(Array.from(line.matchAll(COMMAND), ({ index }) => index));
}

export function escapeUnprintable(
  text: string,
  stays: (sign: string) => boolean = () => false,
  escape = escapeCharacter,
): string {
  return text.replace(UNPRINTABLE, (sign) => (stays(sign) ? sign : escape(sign))).replace(COMMAND, escape);
}

/** `\u200b`, and `\u{e0041}` for what does not fit into four digits. */
function escapeCharacter(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Cuts one quoted text, never in the middle of a character. */
export function cut(text: string, longest = LONGEST_QUOTE): string {
  if (text.length <= longest) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)}…`;
}

/** Cuts every long text that a message quotes: what stands in quotation marks, and any word beyond all measure. */
export function cutQuotes(message: string): string {
  if (message.length <= LONGEST_QUOTE) return message;
  const quotesCut = message
    .replace(/"([^"]*)"/g, (_, quoted: string) => `"${cut(quoted)}"`)
    .replace(/[^\s"]{201,}/g, (word) => cut(word));
  return cut(quotesCut, LONGEST_MESSAGE);
}
