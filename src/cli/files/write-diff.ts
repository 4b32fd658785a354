import { randomUUID } from "node:crypto";

import { printableLines } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";

/**
 * A diff holds lines of files as they are, for `git apply`. A terminal would obey the control characters in them, and
 * the runner of GitHub Actions the lines that look like its commands: it trims the blank in front of unchanged ones.
 * `git apply` and `patch` pass over what stands around a diff.
 */
export function writeDiff(diff: string, { stdout, runsOnGithub }: Pick<Terminal, "stdout" | "runsOnGithub">): void {
  const text = stdout.isTerminal ? printableLines(diff) : diff;
  stdout.write(runsOnGithub && text !== "" ? withoutCommands(text) : text);
}

/** Nobody who wrote the files knows the word that makes the runner listen again. */
function withoutCommands(text: string): string {
  const word = randomUUID();
  return `::stop-commands::${word}\n${text}::${word}::\n`;
}
