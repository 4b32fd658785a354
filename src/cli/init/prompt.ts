import { createInterface } from "node:readline";

import type { Prompt } from "../terminal.js";

/** Lines that are pasted ahead of their questions answer these in turn. */
export function promptOn(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompt {
  const lines = createInterface({ input, output });
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
  lines.on("close", () => {
    isOver = true;
    if (waiting) output.write("\n");
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
