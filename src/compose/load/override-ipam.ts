import {
  asMap,
  filledIn,
  isNull,
  type Entry,
  type ListValue,
  type MapValue,
  type ScalarValue,
  type Value,
} from "../read/value.js";

/**
 * The pools of an override file laid over those of the base, as Compose does it: neither joined nor matched by subnet
 * alone. Each pool of the override is held against each of the base, and one with another subnet replaces it. While
 * it does so, Compose changes the pools of the base, and may then put one of them into the result twice. What comes
 * out is often what nobody wrote (compose-go, mergeIPAMConfig in override/merge.go).
 */
export function mergePools(base: readonly Value[], override: readonly Value[]): Value[] {
  const result: (Draft | Value)[] = [];
  const indexOf = (subnet: unknown): number => result.findIndex((pool) => subnetOf(pool) === subnet);
  const lefts = override.map(draftOf);
  for (const right of base.map(draftOf)) {
    for (const left of lefts) {
      const subnet = subnetOf(left);
      if (subnetOf(right) !== subnet && indexOf(subnet) === -1) {
        result.push(left);
        continue;
      }
      if (right.kind === "map" && left.kind === "map") mergeInto(right, left);
      const known = indexOf(subnetOf(right));
      if (known === -1) result.push(right);
      else result[known] = right;
    }
  }
  return result;
}

/** A map that changes in place while pools are merged: several results may share it. */
interface Draft extends MapValue {
  readonly entries: Map<string, DraftEntry>;
}

interface DraftEntry extends Entry {
  readonly value: Draft | ListValue | ScalarValue;
}

function draftOf(value: MapValue): Draft;
function draftOf(value: Value): Draft | ListValue | ScalarValue;
function draftOf(value: Value): Draft | ListValue | ScalarValue {
  if (value.kind !== "map") return value;
  const entries = new Map<string, DraftEntry>();
  for (const [key, entry] of value.entries) entries.set(key, { ...entry, value: draftOf(entry.value) });
  return { ...value, entries };
}

function mergeInto(base: Draft, override: Draft): void {
  for (const [key, entry] of override.entries) {
    const below = base.entries.get(key);
    if (!below) base.entries.set(key, entry);
    else if (below.value.kind === "map" && entry.value.kind === "map") mergeInto(below.value, entry.value);
    else if (!isNull(entry.value)) base.entries.set(key, { ...below, value: entry.value });
  }
}

function subnetOf(pool: Value): unknown {
  return filledIn(asMap(pool)?.entries.get("subnet")?.value);
}
