import { randomBelow, type Random } from "../../../../bench/random.js";

/**
 * Moves every address of 10.0.0.0/8, and every one that begins with `fd`, to another subnet. Two that were apart stay
 * apart, also those of different texts. Others have a meaning, and stay.
 */
export function variedAddresses(random: Random): (text: string) => string {
  const second = permutation(random);
  const third = randomBelow(random, 256);
  const unique = (0xfd00 + randomBelow(random, 256)).toString(16);
  const group = 1 + randomBelow(random, 0xffff);
  return (text) => {
    const shortest = Math.min(
      32,
      ...[...text.matchAll(/(?<![\d.])10(?:\.\d+){3}\/(\d+)/g)].map(([, length]) => Number(length)),
    );
    if (shortest < 16) return text;
    const mask = shortest < 24 ? 0 : third;
    return text
      .replace(/(?<![\d.])10\.(\d{1,3})\.(\d{1,3})\b/g, (whole, from: string, next: string) => {
        const moved = second[Number(from)];
        if (moved === undefined || Number(next) > 255 || String(Number(next)) !== next) return whole;
        return `10.${moved}.${Number(next) ^ mask}`;
      })
      .replace(/\bfd[\da-f]{2}:([\da-f]{1,4})\b/gi, (_, from: string) => {
        return `${unique}:${(Number.parseInt(from, 16) ^ group).toString(16)}`;
      });
  };
}

function permutation(random: Random): readonly number[] {
  const numbers = Array.from({ length: 256 }, (_, number) => ({ number, at: random() }));
  return numbers.sort((left, right) => left.at - right.at).map(({ number }) => number);
}
