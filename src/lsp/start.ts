import type { Choices } from "./judge.js";
import { serve } from "./server.js";

/**
 * Speaks the language server protocol over standard input and output. The process ends as the protocol says: with 0 after
 * `shutdown` and `exit`, with 1 when the editor has gone without them.
 */
export async function startServer(choices: Choices): Promise<never> {
  const { createConnection } = await import("./protocol.js");
  serve(createConnection(process.stdin, process.stdout), choices);
  return new Promise(() => undefined);
}
