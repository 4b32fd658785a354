import { asMap, type Entry, type MapValue, type Value } from "./value.js";

/** The keys that lead to a value. */
type Path = readonly string[];

/**
 * Where a document says `!reset` or `!override`: what lies there in the documents before it is thrown away. Compose
 * looks for these tags before it does anything else with a document.
 */
export function taggedPaths(value: Value, path: Path = []): Path[] {
  if (value.tag !== undefined) return [path];
  return value.kind === "map"
    ? [...value.entries].flatMap(([key, entry]) => taggedPaths(entry.value, [...path, key]))
    : [];
}

/** The document as it is merged: a value with `!reset` is none. */
export function withoutResets(map: MapValue): MapValue {
  let changed = false;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of map.entries) {
    const { value } = entry;
    if (value.tag === "!reset") {
      changed = true;
      continue;
    }
    const kept = value.kind === "map" ? withoutResets(value) : value;
    changed ||= kept !== value;
    entries.set(key, kept === value ? entry : { ...entry, value: kept });
  }
  return changed ? { ...map, entries } : map;
}

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
