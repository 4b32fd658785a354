import type { Channel } from "./terminal.js";

/** Runs that end sooner than this need no sign of life. */
const QUIET_MS = 1000;
const EVERY_MS = 100;

export interface Progress {
  /** @param done How many of all are behind us. */
  readonly step: (done: number) => void;
  readonly end: () => void;
}

/** A line that counts up, for people who wait. */
export function progressOn(channel: Channel, total: number, now: () => number = () => performance.now()): Progress {
  if (!channel.isTerminal) return { step: () => undefined, end: () => undefined };
  let next = now() + QUIET_MS;
  let isShown = false;
  return {
    step(done) {
      if (now() < next) return;
      next = now() + EVERY_MS;
      isShown = true;
      channel.write(`\rchecking ${done} of ${total} files`);
    },
    end() {
      if (isShown) channel.write("\r\u001b[K");
    },
  };
}
