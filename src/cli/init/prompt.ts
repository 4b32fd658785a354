import { createInterface } from "node:readline";

import type { Prompt } from "../terminal.js";

/** Lines that are pasted ahead of their questions answer these in turn. */
export function promptOn(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Prompt {
  const lines = createInterface({ input, output });
  const typed: string[] = [];
  let isOver = false;
  let answer: ((line: string | undefined) => void) | undefined;
  lines.on("line", (line) => (answer ? answer(line) : typed.push(line)));
  lines.on("close", () => {
    isOver = true;
    if (answer) output.write("\n");
    answer?.(undefined);
  });
  return {
    async ask(question) {
      lines.setPrompt(question);
      if (!isOver) lines.prompt();
      const line =
        typed.shift() ?? (isOver ? undefined : await new Promise<string | undefined>((resolve) => (answer = resolve)));
      answer = undefined;
      return line?.trim();
    },
    close: () => lines.close(),
  };
}
