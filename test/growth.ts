/** Of several measurements the smallest counts: the one that nothing else got in the way of. */
const RUNS = 3;
const ATTEMPTS = 3;

/** Between the 2 of a work that grows with its input and the 4 of one that grows with its square. */
export const NEARLY_LINEAR = 3.4;

/** What takes less time than this, in microseconds, is lost in what the runtime does beside it. */
const SHORTEST = 2000;

/**
 * How many times as long a work takes when its input is twice as large: 2 when it grows as the input does, 4 when it
 * grows with its square. It counts the time of the processor, so that a busy machine makes no difference.
 *
 * @param prepare Makes an input of a size, and answers the work on it.
 * @param size Large enough for the work to take some milliseconds, were it to grow with the square.
 */
export function growthOf(prepare: (size: number) => () => unknown, size: number): number {
  const works = [size, 2 * size].map(prepare);
  for (const work of works) work();
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= NEARLY_LINEAR; attempt += 1) {
    const [once = 0, twice = 0] = works.map((work) => Math.min(...Array.from({ length: RUNS }, () => timeOf(work))));
    least = Math.min(least, twice / once);
  }
  return least;
}

function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return Math.max(SHORTEST, user + system);
}
