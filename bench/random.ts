/** Gives the next number of a fixed sequence, from 0 up to but without 1. */
export type Random = () => number;

/** The sequence "mulberry32": the same seed gives the same workspace on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomBelow(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}
