import type { Place } from "../../kit/source.js";
import { asMap, type Entry, type MapValue, type Value } from "../read/value.js";
import { sameValue } from "./same-value.js";

/** What an included file adds to the one that includes it. */
export function onlyResources(included: MapValue): MapValue {
  return { ...included, entries: new Map([...included.entries].filter(([key]) => isResource(key))) };
}

function isResource(key: string): boolean {
  return key === "services" || key === "networks";
}

interface Resources {
  readonly entry: Entry;
  readonly map: MapValue;
  readonly entries: Map<string, Entry>;
}

/**
 * The services and networks that the files of one `include` add to a document, as Compose before 5 does: it refuses a
 * resource that is in both, unless it is the same. A copy is made once for the list, not for each file of it.
 */
export class Imports {
  readonly #kinds = new Map<string, Resources>();
  /** Resources that came from an included file before. */
  readonly #imported = new Set<Value>();

  constructor(
    readonly into: MapValue,
    readonly refuse: (message: string, place: Place) => void,
  ) {}

  add(included: MapValue): void {
    for (const [kind, resource] of included.entries) {
      const theirs = isResource(kind) ? asMap(resource.value) : undefined;
      if (!theirs) continue;
      const { entries } = this.#resources(kind, resource, theirs);
      // Of one file, a later entry is not compared with an earlier one.
      const added = [...theirs.entries.values()].filter((entry) => !this.#conflicts(kind, entries, entry));
      for (const entry of added) {
        this.#imported.add(entry.value);
        entries.set(entry.key, entry);
      }
    }
  }

  /** The document with all that was added. */
  document(): MapValue {
    if (this.#kinds.size === 0) return this.into;
    const entries = new Map(this.into.entries);
    for (const [kind, { entry, map, entries: all }] of this.#kinds) {
      entries.set(kind, { ...entry, value: { ...map, entries: all } });
    }
    return { ...this.into, entries };
  }

  #resources(kind: string, resource: Entry, theirs: MapValue): Resources {
    let known = this.#kinds.get(kind);
    if (!known) {
      const ours = this.into.entries.get(kind);
      const own = asMap(ours?.value);
      known = { entry: ours ?? resource, map: own ?? theirs, entries: new Map(own?.entries) };
      this.#kinds.set(kind, known);
    }
    return known;
  }

  /** Whether there is a resource of that name already, the same or not. */
  #conflicts(kind: string, ours: ReadonlyMap<string, Entry>, theirs: Entry): boolean {
    const own = ours.get(theirs.key);
    if (!own) return false;
    if (!sameValue(own.value, theirs.value) || (!this.#imported.has(own.value) && hasEmptyList(theirs.value))) {
      this.refuse(`${kind}.${theirs.key} conflicts with imported resource`, own.keyPlace);
    }
    return true;
  }
}

/** An empty list of an included file is nothing to Compose, and never the same as one in the including file. */
function hasEmptyList(value: Value): boolean {
  if (value.kind === "list") return value.items.length === 0 || value.items.some(hasEmptyList);
  return value.kind === "map" && [...value.entries.values()].some((entry) => hasEmptyList(entry.value));
}
