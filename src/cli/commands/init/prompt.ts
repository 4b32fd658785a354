import { createInterface } from "node:readline";

/** A conversation with whoever sits at the terminal. */
export interface Prompt {
  /** @returns the answer without the space around it; undefined when there will be none any more. */
  readonly ask: (question: string) => Promise<string | undefined>;
  readonly close: () => void;
}

/** Lines that are pasted ahead of their questions answer these in turn. */
export function openPrompt(): Prompt {
  // Standard output is for the diff, which may go into a file.
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const typed: string[] = [];
  let isOver = false;
  let waiting: ((line?: string) => void) | undefined;
  const answer = (line?: string): void => {
    const asking = waiting;
    waiting = undefined;
    if (asking) asking(line);
    else if (line !== undefined) typed.push(line);
  };
  lines.on("line", answer);
  // A terminal that edits lines gives Ctrl-C as a key. It ends the program as everywhere else.
  lines.on("SIGINT", () => {
    lines.close();
    process.kill(process.pid, "SIGINT");
  });
  lines.on("close", () => {
    isOver = true;
    if (waiting) process.stderr.write("\n");
    answer();
  });
  return {
    async ask(question) {
      lines.setPrompt(question);
      if (!isOver) lines.prompt();
      const line = typed.shift();
      if (line !== undefined || isOver) return line?.trim();
      const next = await new Promise<string | undefined>((resolve) => (waiting = resolve));
      return next?.trim();
    },
    close: () => lines.close(),
  };
}
