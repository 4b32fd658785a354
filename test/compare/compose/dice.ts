import { randomBelow, type Random } from "../../../bench/random.js";

/** Random choices from one seed: the same seed gives the same projects everywhere. */
export interface Dice {
  /** True that often in a hundred. */
  chance(percent: number): boolean;
  /** The same in a project that may have faults: things that Compose is likely to refuse. Never true in others. */
  fault(percent: number): boolean;
  one<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A whole number from 0. */
  below(limit: number): number;
  /** Between `least` and `most` calls of `make`. */
  several<Item>(least: number, most: number, make: () => Item): Item[];
}

export function diceOf(random: Random, mayHaveFaults = false): Dice {
  const chance = (percent: number): boolean => random() * 100 < percent;
  return {
    chance,
    fault: (percent) => mayHaveFaults && chance(percent),
    one: (items) => items[randomBelow(random, items.length)] ?? items[0],
    below: (limit) => randomBelow(random, limit),
    several: (least, most, make) => Array.from({ length: least + randomBelow(random, most - least + 1) }, make),
  };
}

/** A YAML map in braces; parts that are undefined are left out. */
export function braces(...parts: readonly (string | undefined)[]): string {
  return `{ ${parts.filter((part) => part !== undefined).join(", ")} }`;
}

export function brackets(parts: readonly string[]): string {
  return `[ ${parts.join(", ")} ]`;
}

/** Compose does not look for `!reset` below `!override`: to it, that is the text "null". */
export function overriding(dice: Dice, percent: number, value: string): string {
  return dice.chance(percent) && !value.includes("!reset") ? `!override ${value}` : value;
}
