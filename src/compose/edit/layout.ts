import { positionAt, type Source } from "../source.js";
import type { Entry, MapValue, Value } from "../value.js";

/** How a file is written: new lines take after the ones that are there. */
export interface Layout {
  readonly endOfLine: "\n" | "\r\n";
  /** Spaces of one level. */
  readonly step: number;
  /** Spaces between a key and the dashes of the list below it. */
  readonly listStep: number;
  /** The document is JSON: keys and texts are quoted. */
  readonly json: boolean;
}

const LIST_BELOW_KEY = /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?:\s*#[^\n]*\n|[ \t]*\r?\n)*( *)- /m;

export function layoutOf(source: Source, root: MapValue): Layout {
  const step = stepOf(source, root);
  const [, key, dash] = LIST_BELOW_KEY.exec(source.text) ?? [];
  const listStep = key === undefined || dash === undefined ? step : Math.max(0, dash.length - key.length);
  const [first] = root.entries.values();
  return {
    endOfLine: /\r?\n/.exec(source.text)?.[0] === "\r\n" ? "\r\n" : "\n",
    step,
    listStep,
    json: root.flow && first !== undefined && source.text[first.keyPlace.span[0]] === '"',
  };
}

/** The first block map below another says how deep one level is. */
function stepOf(source: Source, root: MapValue): number {
  for (const { keyPlace, value } of root.entries.values()) {
    if (value.kind !== "map" || value.flow || value.sharedBy) continue;
    const [first] = value.entries.values();
    if (!first || first.mergedBy) continue;
    const step = columnOf(source, first.keyPlace.span[0]) - columnOf(source, keyPlace.span[0]);
    if (step > 0) return step;
  }
  return 2;
}

/** Columns from 0. */
export function columnOf(source: Source, offset: number): number {
  return positionAt(source, offset).column - 1;
}

/** The end of the line at an offset, before its line break: behind a comment that stands there. */
export function lineEnd(source: Source, offset: number): number {
  const next = source.text.indexOf("\n", offset);
  if (next === -1) return source.text.length;
  return source.text[next - 1] === "\r" ? next - 1 : next;
}

/** The offset behind the colon of an entry. */
export function colonEnd({ keyPlace }: Entry): number {
  const { source, span } = keyPlace;
  return source.text.indexOf(":", span[1]) + 1;
}

/** The offset behind the last character that belongs to an entry, comments and line breaks left out. */
export function entryEnd(entry: Entry): number {
  return Math.max(colonEnd(entry), valueEnd(entry.value));
}

export function valueEnd(value: Value): number {
  if (value.sharedBy?.kind === "alias") return value.sharedBy.place.span[1];
  switch (value.kind) {
    case "scalar":
      return value.value === null && isBlank(value) ? 0 : trimmedEnd(value.place.source, value.place.span);
    case "list":
      return value.flow ? value.place.span[1] : Math.max(value.place.span[0], ...value.items.map(valueEnd));
    case "map":
      return value.flow
        ? value.place.span[1]
        : Math.max(
            ...[...value.entries.values()].map((entry) => (entry.mergedBy ? entry.mergedBy.place.span[1] : entryEnd(entry))),
          );
  }
}

/** `x:` with nothing behind it, as opposed to `x: ~`. */
export function isBlank({ place }: Value): boolean {
  return place.source.text.slice(...place.span).trim() === "";
}

export function trimmedEnd(source: Source, [start, end]: readonly [number, number]): number {
  return start + source.text.slice(start, end).trimEnd().length;
}
