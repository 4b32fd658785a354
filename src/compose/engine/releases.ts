/** The releases of Docker Engine that are told apart: between them, the rules for addresses changed or may have. */
export const ENGINE_RELEASES = ["20.10", "23", "24", "25", "26", "27", "28", "29"] as const;

export type EngineRelease = (typeof ENGINE_RELEASES)[number];

/** Releases from `min` to `max`, both included. */
export interface EngineSpan {
  readonly min: EngineRelease;
  readonly max: EngineRelease;
}

/** Releases in which a rule for addresses changed, minor ones too. */
export type Change = EngineRelease | "29.1";

/** Releases from `from` on and before `before`: the ends that are left out are open. */
export interface Engines {
  readonly from?: Change;
  readonly before?: Change;
}

export const ALL_ENGINES: Engines = {};

/** The newest major release of Docker Engine and the one before it. */
export const CURRENT_ENGINES: EngineSpan = { min: "28", max: "29" };

export function includesAny({ from, before }: Engines, { min, max }: EngineSpan): boolean {
  return (from === undefined || byAge(from, max) <= 0) && (before === undefined || byAge(min, before) < 0);
}

export function includesAll({ from, before }: Engines, { min, max }: EngineSpan): boolean {
  // The minor releases of the last one are among the span too.
  const reachesEnd = before === undefined || Math.floor(Number(before)) > Number(max);
  return reachesEnd && (from === undefined || byAge(from, min) <= 0);
}

/** The releases that are among both; undefined where none is. */
export function both(one: Engines, other: Engines): Engines | undefined {
  const from = later(one.from, other.from);
  const before = earlier(one.before, other.before);
  if (from !== undefined && before !== undefined && byAge(from, before) >= 0) return undefined;
  return { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
}

function later(one: Change | undefined, other: Change | undefined): Change | undefined {
  return one === undefined || (other !== undefined && byAge(one, other) < 0) ? other : one;
}

function earlier(one: Change | undefined, other: Change | undefined): Change | undefined {
  return one === undefined || (other !== undefined && byAge(one, other) > 0) ? other : one;
}

/** As the subject of a sentence: `The engine`, `Docker Engine from 25 on`. */
export function describeEngines({ from, before }: Engines): string {
  if (from === undefined) return before === undefined ? "The engine" : `Docker Engine before ${before}`;
  return before === undefined ? `Docker Engine from ${from} on` : `Docker Engine from ${from} on and before ${before}`;
}

/** After a clause about what happens: nothing where it happens with all of them. */
export function withEngines(engines: Engines): string {
  const { from, before } = engines;
  return from === undefined && before === undefined ? "" : ` with ${describeEngines(engines)}`;
}

/** `20.10` is older than `23` by its number too. */
function byAge(one: Change, other: Change): number {
  return Number(one) - Number(other);
}
