import { readText } from "./scalar-text.js";
import { asList, asScalar, type MapValue, type Value, asMap } from "./value.js";

/** The text of a scalar, or undefined when that can't be told. */
export function textIn(value: Value | undefined): string | undefined {
  const scalar = asScalar(value);
  const text = scalar && readText(scalar);
  return text?.known === true ? text.text : undefined;
}

/** One text or a list of them; undefined when one of them can't be told. */
export function textsIn(value: Value | undefined): readonly string[] | undefined {
  const texts = (asList(value)?.items ?? [value]).map(textIn);
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}

export function withoutKey(map: MapValue, key: string): MapValue {
  return withoutPaths(map, [[key]]);
}

export function withChild(map: MapValue, key: string, value: Value): MapValue {
  const entry = map.entries.get(key);
  return entry ? { ...map, entries: new Map(map.entries).set(key, { ...entry, value }) } : map;
}

/** Git repositories, OCI artifacts and URLs: nothing is fetched from afar. */
export function isRemote(path: string): boolean {
  return (
    (/^(?:[a-z][a-z0-9+.-]*:|git@|github\.com\/)/i.test(path) && !/^[a-z]:\//i.test(path)) || /\.git(?:#|$)/.test(path)
  );
}

/** The keys that lead to a value. */
export type Path = readonly string[];

export function withoutPaths(map: MapValue, paths: readonly Path[]): MapValue {
  return paths.reduce(withoutPath, map);
}

function withoutPath(map: MapValue, [key, ...rest]: Path): MapValue {
  const entry = key === undefined ? undefined : map.entries.get(key);
  if (key === undefined || !entry) return map;
  const entries = new Map(map.entries);
  const below = asMap(entry.value);
  if (rest.length === 0) entries.delete(key);
  else if (below) entries.set(key, { ...entry, value: withoutPath(below, rest) });
  return { ...map, entries };
}
