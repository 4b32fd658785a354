import type { ComposeDocument } from "../../read/compose-file.js";
import type { Place, Source } from "../../../kit/source.js";
import { asMap, child, type Entry, type MapValue, type ScalarValue } from "../../read/value.js";
import { intoBraces } from "./braces.js";
import { columnOfKey, columnOfKeys } from "./columns.js";
import { edited, insertion, refused, type EditOutcome } from "../../../kit/edit.js";
import { colonEnd, isBlank, valueEnd } from "./extent.js";
import { layoutOf, type Layout } from "./layout.js";
import { linesAtEnd, linesBelow } from "./new-lines.js";
import { inBraces, nested, type Phrase } from "./phrase.js";

const NO_COLUMN = "each key has an anchor, a tag or a question mark before it on its line";
const ODD_NULL = "its null has an anchor, a tag or a line of its own";

const layouts = new WeakMap<MapValue, Layout>();

/** Adds keys to the maps of a document, in lines or in braces, as the document is written. */
export class MapWriter {
  readonly layout: Layout;
  protected readonly root: MapValue;
  protected readonly source: Source;

  constructor(readonly document: ComposeDocument) {
    this.root = document.root;
    this.source = document.root.place.source;
    this.layout = layouts.get(this.root) ?? layoutOf(this.source, this.root);
    layouts.set(this.root, this.layout);
  }

  /**
   * Writes a phrase into the map at a path, with all keys of the path that are missing.
   *
   * @param path Not empty. Whether others share what stands there must be known before.
   */
  intoPath(path: readonly string[], phrase: Phrase): EditOutcome {
    let above: Entry | undefined;
    for (const [depth, key] of path.entries()) {
      const entry = (above ? asMap(above.value) : this.root)?.entries.get(key);
      if (!entry) {
        const missing = path.slice(depth).reduceRight((below, name) => nested(name, below, this.layout), phrase);
        return above ? this.#intoEntry(above, missing) : this.#intoDocument(missing);
      }
      above = entry;
    }
    return above ? this.#intoEntry(above, phrase) : this.#intoDocument(phrase);
  }

  /** Adds to the map behind a key, or makes one there. */
  #intoEntry(entry: Entry, phrase: Phrase): EditOutcome {
    const { value } = entry;
    if (value.kind === "map") return this.intoMap(value, phrase);
    if (value.kind === "list" || value.value !== null) return refused("its value is not a map", value.place);
    return this.#insteadOfNull(entry, value, phrase);
  }

  /** Makes a map of what stands behind a key: a null, or an alias. */
  protected insteadOfScalar(entry: Entry, place: Place, phrase: Phrase): EditOutcome {
    return this.#insteadOfNull(entry, { kind: "scalar", value: null, style: "plain", place }, phrase);
  }

  #insteadOfNull(entry: Entry, value: ScalarValue, phrase: Phrase): EditOutcome {
    return this.#standsInBraces(entry)
      ? this.#insteadOfNullInBraces(entry, value, phrase)
      : this.#belowKey(entry, value, phrase);
  }

  intoMap(map: MapValue, phrase: Phrase): EditOutcome {
    if (map.flow) return intoBraces(map, phrase, true, this.layout);
    const column = columnOfKeys(map);
    if (column === undefined) return refused(NO_COLUMN, map.place);
    return linesBelow(this.source, valueEnd(map), phrase.lines(column));
  }

  #intoDocument(phrase: Phrase): EditOutcome {
    if (this.root.flow) return intoBraces(this.root, phrase, false, this.layout);
    const column = columnOfKeys(this.root);
    if (column === undefined) return refused(NO_COLUMN, this.root.place);
    return linesAtEnd(this.document, phrase.lines(column));
  }

  /** `front:`, `front: ~ # comment`: the map's lines come below, and a written null goes. */
  #belowKey(entry: Entry, value: ScalarValue, phrase: Phrase): EditOutcome {
    const column = columnOfKey(entry);
    const colon = colonEnd(entry);
    if (column === undefined || colon === undefined)
      return refused("an anchor, a tag or a question mark is before its key", entry.keyPlace);
    const [start, stop] = value.place.span;
    const beforeValue = this.source.text.slice(colon, Math.max(colon, start));
    if (!/^[ \t]*(?:&\S+[ \t]*)?$/.test(beforeValue)) {
      return refused(ODD_NULL, value.place);
    }
    const lines = linesBelow(this.source, Math.max(colon, stop), phrase.lines(column + this.layout.step));
    if (isBlank(value) || !lines.ok) return lines;
    return edited({ span: [colon + beforeValue.trimEnd().length, stop], text: "" }, ...lines.edits);
  }

  /** `{ front: }`, `{ front: ~ }`, `{ front }`. */
  #insteadOfNullInBraces(entry: Entry, value: ScalarValue, phrase: Phrase): EditOutcome {
    const { keyPlace } = entry;
    const { pad } = this.layout;
    const written = inBraces(phrase.flow(pad), pad);
    const colon = colonEnd(entry);
    if (colon === undefined) return edited(insertion(keyPlace.span[1], `: ${written}`));
    const [start, stop] = value.place.span;
    if (this.source.text.slice(colon, start).trim() !== "") {
      return refused(ODD_NULL, value.place);
    }
    return edited({ span: [colon, isBlank(value) ? colon : stop], text: ` ${written}` });
  }

  #standsInBraces({ keyPlace: { span } }: Entry): boolean {
    const networks = child(this.root, "networks");
    const maps = [this.root, networks, ...[...(asMap(networks)?.entries.values() ?? [])].map(({ value }) => value)];
    return maps.some(
      (map) => map?.kind === "map" && map.flow && map.place.span[0] < span[0] && span[1] < map.place.span[1],
    );
  }
}
