import { positionAt, type Source } from "../../../kit/source.js";
import type { Entry, MapValue } from "../../read/value.js";

/** Columns from 0. */
export function columnOf(source: Source, offset: number): number {
  return positionAt(source, offset).column - 1;
}

/**
 * The column of the keys of a block map, or undefined when none of them starts its line: `? key`, `&anchor key`.
 * Dashes of lists may stand in front of the first.
 */
export function columnOfKeys({ entries, place }: MapValue): number | undefined {
  const own = [...entries.values()].filter(({ mergedBy }) => !mergedBy);
  const offsets = [...own.map(({ keyPlace }) => keyPlace.span[0]), place.span[0]];
  const start = offsets.find((offset) => /^[ -]*$/.test(lineBefore(place.source, offset)));
  return start === undefined ? undefined : columnOf(place.source, start);
}

/** The column of a key, or undefined when it does not start its line. */
export function columnOfKey({ keyPlace }: Entry): number | undefined {
  const { source, span } = keyPlace;
  return /^ *$/.test(lineBefore(source, span[0])) ? columnOf(source, span[0]) : undefined;
}

/** What stands in front of an offset on its line. */
export function lineBefore(source: Source, offset: number): string {
  return source.text.slice(offset - columnOf(source, offset), offset);
}
