/**
 * Looks again only when that costs at most a twentieth of the time: a look that took 10 ms is good for 200 ms. A run
 * over a thousand files looks a few times instead of a thousand, and an editor sees a change before its user does.
 *
 * @param turn A number that stays the same as long as another look would see the same.
 */
export function rateLimited<T>(
  look: () => T,
  turn: () => number,
  now: () => number = () => performance.now(),
): () => T {
  let last: { readonly answer: T; readonly turn: number; readonly goodUntil: number } | undefined;
  return () => {
    const current = turn();
    if (last?.turn === current) return last.answer;
    const start = now();
    if (last && start < last.goodUntil) return last.answer;
    const answer = look();
    const end = now();
    last = { answer, turn: current, goodUntil: end + 20 * (end - start) };
    return answer;
  };
}

/** Looks once: whoever asks says when it is time for another look, and forgets this one then. */
export function untilTold<T>(look: () => T): () => T {
  let seen: { readonly answer: T } | undefined;
  return () => (seen ??= { answer: look() }).answer;
}

/** How long a look at many files is good for. */
export type Looks = <T>(look: () => T) => () => T;
