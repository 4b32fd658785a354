import { formatPrefix, type Prefix } from "../../ipam/prefix.js";
import type { ComposeDocument, ComposeFile } from "../compose-file.js";
import type { Network } from "../network.js";
import type { Place, Source } from "../source.js";
import { asMap, child, isNull, type Entry, type MapValue, type Value } from "../value.js";
import { edited, insertion, refused, type EditOutcome } from "./edit.js";
import { colonEnd, columnOf, isBlank, layoutOf, lineEnd, trimmedEnd, valueEnd, type Layout } from "./layout.js";
import { configPhrase, ipamPhrase, nested, poolInBraces, poolLine, type Phrase } from "./phrase.js";

/**
 * Writes a subnet for a network that has none of its family. Only the lines that say so are touched, and they take
 * after the file's own style.
 *
 * @returns the edits, or what keeps the network from being edited: its text is shared with others, or stands in
 * another file.
 */
export function pinSubnet(file: ComposeFile, network: Network, subnet: Prefix): EditOutcome {
  const addressing = subnet.address.family === 4 ? network.ipv4 : network.ipv6;
  if (addressing.mode !== "automatic") return refused("Docker does not choose its subnet", network.place);
  const home =
    file.documents.find(({ root }) => asMap(child(root, "networks"))?.entries.has(network.key)) ??
    file.documents.find(({ root }) => root.entries.has("services"));
  if (!home) return refused("it stands in another file", network.place);

  const writer = new SubnetWriter(home, formatPrefix(subnet));
  const { cause } = addressing;
  if (cause.kind === "unspecified subnet" || cause.kind === "empty pool") {
    const pool = network.pools.find(({ value }) => child(value, "subnet")?.place === cause.place);
    const chain = [network.definition, child(network.definition, "ipam"), pool?.value, child(pool?.value, "subnet")];
    if (pool) return writer.insteadOf(cause.place, chain);
  }
  return writer.into(network.key);
}

/** Why a value can't be changed for one network alone: another place shares it. */
function sharedText(value: Value): EditOutcome | undefined {
  if (value.sharedBy) {
    const { kind, anchor, place } = value.sharedBy;
    return refused(kind === "alias" ? `the alias *${anchor} stands for it` : `the merge key <<: *${anchor} brings it in`, place);
  }
  return value.anchor === undefined
    ? undefined
    : refused(`its text has the anchor &${value.anchor}, which other places may share`, value.place);
}

class SubnetWriter {
  readonly #source: Source;
  readonly #layout: Layout;

  constructor(
    readonly document: ComposeDocument,
    readonly subnet: string,
  ) {
    this.#source = document.root.place.source;
    this.#layout = layoutOf(this.#source, document.root);
  }

  /** @param chain The values from the network down to the text: none may be shared. */
  insteadOf(place: Place, chain: readonly (Value | undefined)[]): EditOutcome {
    for (const value of chain) {
      const shared = value && sharedText(value);
      if (shared) return shared;
    }
    const written = this.#source.text.slice(...place.span);
    if (written.includes("$")) return refused("a variable stands for it", place);
    const quote = /^["']/.exec(written)?.[0] ?? "";
    return edited({ span: place.span, text: `${quote}${this.subnet}${quote}` });
  }

  into(network: string): EditOutcome {
    const networks = this.document.root.entries.get("networks");
    const ipam = ipamPhrase(this.subnet, this.#layout);
    if (!networks) return this.#intoDocument(nested("networks", nested(network, ipam, this.#layout), this.#layout));
    const entry = asMap(networks.value)?.entries.get(network);
    return entry ? this.#intoNetwork(entry, ipam) : this.#intoEntry(networks, nested(network, ipam, this.#layout));
  }

  #intoNetwork(network: Entry, phrase: Phrase): EditOutcome {
    const shared = network.mergedBy ? refused("a merge key brings it in", network.mergedBy.place) : sharedText(network.value);
    if (shared) return shared;
    const ipam = asMap(network.value)?.entries.get("ipam");
    if (!ipam) return this.#intoEntry(network, phrase);
    if (ipam.mergedBy) {
      return refused(`the merge key <<: *${ipam.mergedBy.anchor} brings its ipam in`, ipam.mergedBy.place);
    }
    const sharedIpam = sharedText(ipam.value);
    if (sharedIpam) return sharedIpam;
    const config = asMap(ipam.value)?.entries.get("config");
    return config ? this.#intoConfig(config) : this.#intoEntry(ipam, configPhrase(this.subnet, this.#layout));
  }

  #intoConfig({ value: config, mergedBy }: Entry): EditOutcome {
    if (mergedBy) return refused("a merge key brings its pools in", mergedBy.place);
    const shared = sharedText(config);
    if (shared) return shared;
    if (config.kind !== "list") return refused("its config is no list", config.place);
    const inBraces = `{ ${poolInBraces(this.subnet, this.#layout)} }`;
    const last = config.items.at(-1);
    if (!last) return edited({ span: config.place.span, text: `[${inBraces}]` });
    const empty = config.items.find((item) => item.kind === "map" && item.entries.size === 0);
    if (empty) return sharedText(empty) ?? edited({ span: empty.place.span, text: inBraces });
    if (config.flow) return edited(insertion(valueEnd(last), `, ${inBraces}`));
    const line = poolLine(this.subnet, columnOf(this.#source, config.place.span[0]));
    return edited(insertion(lineEnd(this.#source, valueEnd(last)), this.#newLines([line])));
  }

  /** Adds to the map behind a key, or makes one there. */
  #intoEntry(entry: Entry, phrase: Phrase): EditOutcome {
    const { value, keyPlace } = entry;
    const shared = sharedText(value);
    if (shared) return shared;
    if (value.kind === "map") return value.flow ? this.#intoBraces(value, phrase) : this.#intoLines(value, phrase);
    if (!isNull(value)) return refused("its value is no map", value.place);

    const colon = colonEnd(entry);
    const inBraces = ` { ${phrase.flow} }`;
    if (this.#standsInBraces(colon)) {
      return edited(isBlank(value) ? insertion(colon, inBraces) : { span: [colon, value.place.span[1]], text: inBraces });
    }
    const column = columnOf(this.#source, keyPlace.span[0]) + this.#layout.step;
    const lines = insertion(lineEnd(this.#source, colon), this.#newLines(phrase.lines(column)));
    return isBlank(value) ? edited(lines) : edited({ span: [colon, value.place.span[1]], text: "" }, lines);
  }

  #intoLines(map: MapValue, phrase: Phrase): EditOutcome {
    const [first] = [...map.entries.values()].filter(({ mergedBy }) => !mergedBy);
    const column = columnOf(this.#source, first ? first.keyPlace.span[0] : map.place.span[0]);
    const end = lineEnd(this.#source, valueEnd(map));
    return edited(insertion(end, this.#newLines(phrase.lines(column))));
  }

  #intoBraces(map: MapValue, { flow }: Phrase): EditOutcome {
    const [open, close] = [map.place.span[0] + 1, map.place.span[1] - 1];
    const inside = this.#source.text.slice(open, close);
    if (inside.trim() === "") return edited({ span: map.place.span, text: `{ ${flow} }` });
    if (inside.includes("#")) return refused("a comment stands inside its braces", map.place);
    const written = inside.trimEnd();
    return edited(insertion(open + written.length, written.endsWith(",") ? ` ${flow}` : `, ${flow}`));
  }

  /** A new top-level key goes to the end of the document, behind the comments that stand there. */
  #intoDocument(phrase: Phrase): EditOutcome {
    const { root, span } = this.document;
    if (root.flow) return this.#intoBraces(root, phrase);
    const { text } = this.#source;
    const end = trimmedEnd(this.#source, span);
    const lastLine = text.slice(text.lastIndexOf("\n", end - 1) + 1, end);
    if (/^(?:---|\.\.\.)/.test(lastLine)) return refused("its document ends in a marker", root.place);
    const column = columnOf(this.#source, root.place.span[0]);
    // A file that sets its top-level keys apart by empty lines goes on so.
    const apart = /\n[ \t]*\r?\n[A-Za-z]/.test(text.slice(...span)) ? this.#layout.endOfLine : "";
    return edited(insertion(end, apart + this.#newLines(phrase.lines(column))));
  }

  #standsInBraces(offset: number): boolean {
    const networks = child(this.document.root, "networks");
    const maps = [this.document.root, networks, ...[...(asMap(networks)?.entries.values() ?? [])].map(({ value }) => value)];
    return maps.some((map) => map?.kind === "map" && map.flow && map.place.span[0] < offset && offset < map.place.span[1]);
  }

  #newLines(lines: readonly string[]): string {
    return lines.map((line) => this.#layout.endOfLine + line).join("");
  }
}
