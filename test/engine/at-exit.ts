const pending = new Set<() => void>();
let watching = false;

/**
 * Has something undone if this process ends before it was undone in order: by an error, by Ctrl-C, by SIGTERM. Latest
 * first.
 *
 * @returns a function that takes it back.
 */
export function atExit(undo: () => void): () => void {
  if (!watching) watch();
  pending.add(undo);
  return () => pending.delete(undo);
}

function watch(): void {
  watching = true;
  process.once("exit", () => {
    for (const undo of [...pending].reverse()) undo();
  });
  for (const [signal, number] of [
    ["SIGINT", 2],
    ["SIGTERM", 15],
    ["SIGHUP", 1],
  ] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
}
