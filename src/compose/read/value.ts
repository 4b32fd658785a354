import type { Interpolation } from "./interpolate.js";
import type { Place } from "../../kit/source.js";

/**
 * What a compose file says, after YAML's own indirections (anchors, aliases, merge keys) and before Compose's
 * (variables, `extends`, several files). Each value keeps the place where it is written.
 */
export type Value = ScalarValue | MapValue | ListValue;

interface Written {
  readonly place: Place;
  /** Tags that Compose gives a meaning: they steer how override files are merged. */
  readonly tag?: "!reset" | "!override";
  /** The anchor that names this value, so that other places may share it. */
  readonly anchor?: string;
  /** The alias or merge key through which this value is reached, when it is not written where it is used. */
  readonly sharedBy?: Sharing;
}

export interface Sharing {
  readonly kind: "alias" | "merge key";
  readonly anchor: string;
  readonly place: Place;
  /** Whether the merge key has a list of maps. */
  readonly listed?: true;
}

export interface ScalarValue extends Written {
  readonly kind: "scalar";
  readonly value: string | number | bigint | boolean | null;
  /** A block scalar (`|`, `>`) holds text whose offsets do not match the file's. */
  readonly style: "plain" | "quoted" | "block";
  /** What the variables in the text come to, once they were looked up. */
  readonly interpolation?: Interpolation;
}

export interface MapValue extends Written {
  readonly kind: "map";
  readonly flow: boolean;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: string;
  /** Set where variables make the key, which messages must not resolve. */
  readonly shownKey?: string;
  readonly keyPlace: Place;
  readonly value: Value;
  /** Set when a merge key (`<<`) brought the entry in. */
  readonly mergedBy?: Sharing;
  /** What a merge key offers under the same key: it comes to light when this entry is reset. */
  readonly behind?: Entry;
}

export interface ListValue extends Written {
  readonly kind: "list";
  readonly flow: boolean;
  readonly items: readonly Value[];
}

export function isNull(value: Value | undefined): boolean {
  return value?.kind === "scalar" && value.value === null;
}

export function asMap(value: Value | undefined): MapValue | undefined {
  return value?.kind === "map" ? value : undefined;
}

export function asList(value: Value | undefined): ListValue | undefined {
  return value?.kind === "list" ? value : undefined;
}

export function asScalar(value: Value | undefined): ScalarValue | undefined {
  return value?.kind === "scalar" ? value : undefined;
}

/** The value of `key`, or undefined when `value` is no map or has no such key. */
export function child(value: Value | undefined, key: string): Value | undefined {
  return asMap(value)?.entries.get(key)?.value;
}

/** What Compose has in a scalar's place once the variables are put in. */
export function filledIn(value: Value | undefined): ScalarValue["value"] | undefined {
  const scalar = asScalar(value);
  return scalar?.interpolation?.kind === "text" ? scalar.interpolation.text : scalar?.value;
}
