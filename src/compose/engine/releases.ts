/** The releases of Docker Engine that are told apart: between them, the rules for addresses changed or may have. */
export const ENGINE_RELEASES = ["20.10", "23", "24", "25", "26", "27", "28", "29"] as const;

export type EngineRelease = (typeof ENGINE_RELEASES)[number];

/** Releases from `min` to `max`, both included. */
export interface EngineSpan {
  readonly min: EngineRelease;
  readonly max: EngineRelease;
}

/** Releases from `from` on and before `before`: the ends that are left out are open. */
export interface Engines {
  readonly from?: EngineRelease;
  readonly before?: EngineRelease;
}

export const ALL_ENGINES: Engines = {};

export function includesAny({ from, before }: Engines, { min, max }: EngineSpan): boolean {
  return (from === undefined || byAge(from, max) <= 0) && (before === undefined || byAge(min, before) < 0);
}

/** As the subject of a sentence: `The engine`, `Docker Engine from 25 on`. */
export function describeEngines({ from, before }: Engines): string {
  if (from === undefined) return before === undefined ? "The engine" : `Docker Engine before ${before}`;
  return before === undefined ? `Docker Engine from ${from} on` : `Docker Engine from ${from} on and before ${before}`;
}

/** `20.10` is older than `23` by its number too. */
function byAge(one: EngineRelease, other: EngineRelease): number {
  return Number(one) - Number(other);
}
