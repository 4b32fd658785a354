import type { Entry, MapValue, Value } from "../read/value.js";
import type { Path } from "../read/written.js";

/**
 * Where a document says `!reset` or `!override`: what lies there in the documents before it is thrown away. Compose
 * looks for these tags before it does anything else with a document.
 *
 * Lists count too, but nothing is ever thrown away inside a list of the documents before.
 */
export function taggedPaths(value: Value): Path[] {
  return pathsBelow(value, [], undefined);
}

function pathsBelow(value: Value, path: Path, parent: Value | undefined): Path[] {
  if (value.tag === "!reset") return isCopiedWithParent(value, parent) ? [] : [path];
  if (value.tag === "!override") return [path];
  return value.kind === "map"
    ? [...value.entries].flatMap(([key, entry]) => pathsOfEntry(entry, [...path, key], value))
    : [];
}

/** Compose also finds the tags of what a merge key brings in and another entry hides, but none in a list of merged maps. */
function pathsOfEntry({ value, mergedBy, behind }: Entry, path: Path, parent: Value): Path[] {
  const own = mergedBy?.listed ? [] : pathsBelow(value, path, parent);
  return behind ? [...own, ...pathsOfEntry(behind, path, parent)] : own;
}

/** By the time Compose meets an alias, it has taken the resets out of what the anchor names. */
function isCopiedWithParent(value: Value, parent: Value | undefined): boolean {
  return value.sharedBy !== undefined && (value.sharedBy.kind === "merge key" || value.sharedBy === parent?.sharedBy);
}

/**
 * The document as it is merged: a value with `!reset` is none. Below `!override` that is just a text, unless it was
 * written elsewhere and only shared.
 */
export function withoutResets(map: MapValue, overriding = false): MapValue {
  let changed = false;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of map.entries) {
    const kept = entryWithoutReset(entry, overriding);
    changed ||= kept !== entry;
    if (kept) entries.set(key, kept);
  }
  return changed ? { ...map, entries } : map;
}

function entryWithoutReset(entry: Entry, overriding: boolean): Entry | undefined {
  const kept = withoutReset(entry.value, overriding);
  if (!kept) return entry.behind && entryWithoutReset(entry.behind, overriding);
  return kept === entry.value ? entry : { ...entry, value: kept };
}

function withoutReset(value: Value, above: boolean): Value | undefined {
  if (value.tag === "!reset") return above && !value.sharedBy ? value : undefined;
  const overriding = above || value.tag === "!override";
  if (value.kind === "map") return withoutResets(value, overriding);
  if (value.kind === "scalar") return value;
  const items = value.items.flatMap((item) => withoutReset(item, overriding) ?? []);
  const same = items.length === value.items.length && items.every((item, index) => item === value.items[index]);
  return same ? value : { ...value, items };
}
