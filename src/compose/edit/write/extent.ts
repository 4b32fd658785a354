import type { Entry, Value } from "../../read/value.js";

/** The offset behind the colon of an entry, or undefined when it has none: `{ front, back }`. */
export function colonEnd({ keyPlace }: Entry): number | undefined {
  const { source, span } = keyPlace;
  const colon = source.text.indexOf(":", span[1]);
  return colon !== -1 && source.text.slice(span[1], colon).trim() === "" ? colon + 1 : undefined;
}

/** The offset behind the last character that belongs to an entry, without the comments and line breaks behind it. */
export function entryEnd(entry: Entry): number {
  if (entry.mergedBy) return entry.mergedBy.place.span[1];
  return Math.max(colonEnd(entry) ?? entry.keyPlace.span[1], valueEnd(entry.value));
}

/**
 * The offset behind the last character of a value. A block scalar (`|`, `>`) ends behind its last line break, which is
 * a part of its text.
 */
export function valueEnd(value: Value): number {
  const { place, sharedBy } = value;
  if (sharedBy?.kind === "alias") return sharedBy.place.span[1];
  // Where nothing is written, the place may be behind spaces that lead to a comment.
  if (isBlank(value)) return place.source.text.slice(0, place.span[1]).trimEnd().length;
  if (value.kind === "scalar" || value.flow) return place.span[1];
  const below = value.kind === "list" ? value.items.map(valueEnd) : [...value.entries.values()].map(entryEnd);
  // The span of a block collection also takes in comments behind it.
  return Math.max(place.span[0], ...below);
}

/** `x:` with nothing behind it, as opposed to `x: ~`. */
export function isBlank({ place }: Value): boolean {
  return place.span[0] === place.span[1];
}
