import { cutQuotes, printable } from "../kit/printable.js";
import type { Client } from "./client.js";

/** Messages that would come back with each check: each is shown once, as long as its cause stays. */
export class ToldOnce {
  readonly #told = new Set<string>();

  constructor(readonly client: Pick<Client, "show">) {}

  /** @param cause What the message is about. The words may change while the cause stays. */
  tell(cause: string, severity: "error" | "warning", message: string): void {
    if (this.#told.has(cause)) return;
    this.#told.add(cause);
    this.client.show(severity, printable(cutQuotes(message)));
  }

  /** The cause is gone: when it comes back it is news. */
  forget(cause: string): void {
    this.#told.delete(cause);
  }

  /** Work for an answer. If it fails, a message says so, and the session goes on. */
  guard<Answer>(work: () => Answer, otherwise: Answer): Answer {
    try {
      return work();
    } catch (error) {
      this.failed(error);
      return otherwise;
    }
  }

  failed(error: unknown): void {
    const reason = reasonOf(error);
    this.tell(`failure ${reason}`, "error", `failed: ${reason}. Please report it`);
  }
}

/** In one line, and without a stack. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ", ");
}
