/**
 * A word as a shell of the POSIX kind reads it, for commands that people copy. Names come from labels, which anybody who
 * may start a container can write.
 */
function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A command line of words, each quoted where it must be. */
export function commandLine(...words: readonly string[]): string {
  return words.map(shellQuote).join(" ");
}
