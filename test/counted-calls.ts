import { Session } from "node:inspector/promises";

/**
 * How many calls of this repository's functions a work takes. Another machine, or a busy one, counts the same: so a test
 * can tell how a work grows without a clock.
 */
export async function countedCalls(work: () => unknown): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const own = result.filter(({ url }) => /\/(?:src|rules)\/[^?]*\.ts/.test(url));
    return own.reduce((sum, { functions }) => sum + functions.reduce((calls, each) => calls + callsOf(each), 0), 0);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}

function callsOf({ ranges }: { readonly ranges: readonly { readonly count: number }[] }): number {
  return ranges[0]?.count ?? 0;
}
