import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";

/** By which a person, a shell or a system ends a program that may still tidy up. */
const ENDING = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

let isHeld = false;

/**
 * From now on, a signal that ends the program waits for the next turn of the event loop. What is written in one turn is
 * therefore written whole, and its temporary file is gone.
 *
 * The program still ends by the signal itself: a shell reads 130 after Ctrl-C, and ends its script.
 */
export function holdSignals(): void {
  if (isHeld) return;
  isHeld = true;
  for (const signal of ENDING) {
    process.once(signal, () => {
      process.kill(process.pid, signal);
      // The first process of a container is not ended by its own signals.
      if (process.pid === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Where a signal that waits takes effect. */
export async function signalsMayEndUs(): Promise<void> {
  await setImmediate();
}
