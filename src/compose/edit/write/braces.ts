import { textOf } from "../../../kit/source.js";
import type { MapValue } from "../../read/value.js";
import { lineBefore } from "./columns.js";
import { edited, insertion, refused, type EditOutcome } from "../../../kit/edit.js";
import { entryEnd } from "./extent.js";
import { padOf, type Layout } from "./layout.js";
import { lineEnd } from "./new-lines.js";
import { inBraces, type Phrase } from "./phrase.js";

/**
 * Adds a key to a map in braces.
 *
 * @param allRead Whether `map.entries` holds all that stands in the braces; of a document's root, parts are not read.
 */
export function intoBraces(map: MapValue, phrase: Phrase, allRead: boolean, { pad: usual }: Layout): EditOutcome {
  const { source, span } = map.place;
  const start = span[0] + 1;
  const inside = source.text.slice(start, span[1] - 1);
  const pad = padOf(map) ?? usual;
  const text = phrase.flow(pad);
  if (inside.trim() === "") return edited({ span, text: inBraces(text, inside === "" ? pad : " ") });

  const before = gapBefore(map);
  const own = [...map.entries.values()];
  const last = own.at(-1);
  if (inside.includes("#") && allRead && last && own.every(({ mergedBy }) => !mergedBy)) {
    return edited(insertion(entryEnd(last), `,${before}${text}`));
  }
  const written = inside.trimEnd();
  if (written.slice(written.lastIndexOf("\n") + 1).includes("#")) {
    return refused("a comment may stand at the end of its braces", map.place);
  }
  const end = start + written.length;
  return edited(insertion(end, written.endsWith(",") ? before + text : `,${before}${text}`));
}

/** What to write between the comma and a new key: a line of its own, where the first key has one. */
function gapBefore(map: MapValue): string {
  const [first] = map.entries.values();
  if (!first || first.mergedBy) return " ";
  const { source, span } = first.keyPlace;
  const indentation = lineBefore(source, span[0]);
  if (indentation.trim() !== "" || !textOf(map.place).includes("\n")) return " ";
  const firstLineEnd = lineEnd(source, map.place.span[0]);
  return `${source.text.startsWith("\r\n", firstLineEnd) ? "\r\n" : "\n"}${indentation}`;
}
