import { formatPrefix, type Prefix } from "../../ipam/prefix.js";
import type { ComposeDocument, ComposeFile } from "../compose-file.js";
import type { IpamPool } from "../ipam-pool.js";
import type { Network } from "../network.js";
import { textOf, type Source } from "../source.js";
import { asMap, asScalar, child, isNull, type Entry, type MapValue, type ScalarValue, type Value } from "../value.js";
import { intoBraces } from "./braces.js";
import { columnOf, columnOfKey, columnOfKeys } from "./columns.js";
import { edited, insertion, refused, type EditOutcome } from "./edit.js";
import { colonEnd, isBlank, valueEnd } from "./extent.js";
import { layoutOf, type Layout } from "./layout.js";
import { linesAtEnd, linesBelow } from "./new-lines.js";
import { configPhrase, ipamPhrase, nested, poolInBraces, poolLine, subnetPhrase, type Phrase } from "./phrase.js";
import { refuseShared } from "./sharing.js";

/**
 * Writes a subnet for a network that has none of its family. Only the lines that say so are touched, and they take
 * after the file's own style.
 *
 * @param text What is written: the subnet, or a variable with the subnet as its default.
 * @returns the edits, or what keeps the network from being edited: its text is shared with others, stands in another
 * file, or is laid out in a way that leaves no safe place.
 */
export function pinSubnet(
  file: ComposeFile,
  network: Network,
  subnet: Prefix,
  text: string = formatPrefix(subnet),
): EditOutcome {
  const addressing = subnet.address.family === 4 ? network.ipv4 : network.ipv6;
  if (addressing.mode !== "automatic") return refused("Docker does not choose its subnet", network.place);
  const home = homeOf(file, network);
  if ("ok" in home) return home;

  const writer = new SubnetWriter(home, text);
  const { cause } = addressing;
  if (cause.kind === "unspecified subnet" || cause.kind === "empty pool") {
    const pool = network.pools.find(({ subnet: { kind }, ...pool }) => kind !== "prefix" && holds(pool, cause.place));
    if (pool?.value) return writer.intoPool(network.key, pool.value);
  }
  return writer.intoNetwork(network.key);
}

function holds({ place: { source, span } }: Pick<IpamPool, "place">, inner: IpamPool["place"]): boolean {
  return source === inner.source && span[0] <= inner.span[0] && inner.span[1] <= span[1];
}

/** The document that the network's subnet belongs into, or why there is no such. */
function homeOf(
  { source, documents }: ComposeFile,
  { key, place, definition }: Network,
): ComposeDocument | EditOutcome {
  const ipam = asMap(definition)?.entries.get("ipam");
  const elsewhere = [place, ipam?.keyPlace].find((other) => other && other.source.path !== source.path);
  if (elsewhere) return refused("it stands in another file", elsewhere);

  const definitions = documents.flatMap((document) => {
    const entry = asMap(child(document.root, "networks"))?.entries.get(key);
    return entry ? [{ document, entry }] : [];
  });
  const [defined, again] = definitions.filter(({ entry }) => !isNull(entry.value));
  if (again) return refused("two documents of the file define it", again.entry.keyPlace);
  const home =
    (defined ?? definitions[0])?.document ??
    documents.find(({ root }) => root.entries.has("networks")) ??
    documents.find(({ root }) => root.entries.has("services"));
  return home ?? refused("it stands in another file", place);
}

const layouts = new WeakMap<MapValue, Layout>();

class SubnetWriter {
  readonly #root: MapValue;
  readonly #source: Source;
  readonly #layout: Layout;

  constructor(
    readonly document: ComposeDocument,
    readonly subnet: string,
  ) {
    this.#root = document.root;
    this.#source = document.root.place.source;
    this.#layout = layouts.get(this.#root) ?? layoutOf(this.#source, this.#root);
    layouts.set(this.#root, this.#layout);
  }

  /** Completes a pool that leaves its subnet open: `- {}`, `- subnet: ""`, `- subnet: 0.0.0.0/24`. */
  intoPool(network: string, pool: MapValue): EditOutcome {
    const settled = ["gateway", "ip_range", "aux_addresses"].flatMap((key) => pool.entries.get(key) ?? [])[0];
    if (settled) return refused(`its ${settled.key} must lie in the subnet`, settled.keyPlace);
    const subnet = child(pool, "subnet");
    const shared = refuseShared([...this.#chainTo(network), pool, subnet]);
    if (shared) return shared;
    if (subnet) return this.#insteadOf(subnet, pool.flow);
    if (pool.entries.size === 0) {
      return edited({ span: pool.place.span, text: `{ ${poolInBraces(this.subnet, this.#layout)} }` });
    }
    return this.#intoMap(pool, subnetPhrase(this.subnet, this.#layout));
  }

  #insteadOf(subnet: Value, inBraces: boolean): EditOutcome {
    const written = textOf(subnet.place);
    if (written.includes("$")) return refused("a variable stands for it", subnet.place);
    if (asScalar(subnet)?.style === "block") return refused("its subnet is a text block", subnet.place);
    const quote = /^["']/.exec(written)?.[0] ?? (inBraces && this.subnet.includes("{") ? '"' : "");
    return edited({ span: subnet.place.span, text: quote + this.subnet + quote });
  }

  intoNetwork(key: string): EditOutcome {
    const networks = this.#root.entries.get("networks");
    const beside = this.#besideAlias(asMap(networks?.value)?.entries.get(key));
    if (beside) return beside;
    const shared = refuseShared(this.#chainTo(key));
    if (shared) return shared;
    const ipam = ipamPhrase(this.subnet, this.#layout);
    const network = nested(key, ipam, this.#layout);
    if (!networks) return this.#intoDocument(nested("networks", network, this.#layout));
    const entry = asMap(networks.value)?.entries.get(key);
    if (!entry) return this.#intoEntry(networks, network);
    const ipamEntry = asMap(entry.value)?.entries.get("ipam");
    if (!ipamEntry) return this.#intoEntry(entry, ipam);
    const config = child(ipamEntry.value, "config");
    return config ? this.#intoConfig(config) : this.#intoEntry(ipamEntry, configPhrase(this.subnet, this.#layout));
  }

  /** `back: *bridged`: a merge key takes the alias, and the subnet stands beside it, for this network alone. */
  #besideAlias(entry: Entry | undefined): EditOutcome | undefined {
    const sharing = entry?.value.sharedBy;
    const isAlias = sharing?.kind === "alias" && !child(this.#root, "networks")?.sharedBy;
    if (!entry || !isAlias || entry.mergedBy || child(entry.value, "ipam")) return undefined;
    const merge = asMap(entry.value) ? `<<: *${sharing.anchor}` : undefined;
    if (merge === undefined && !isNull(entry.value)) return undefined;
    const ipam = ipamPhrase(this.subnet, this.#layout);
    const phrase: Phrase = {
      flow: [merge, ipam.flow].filter((part) => part !== undefined).join(", "),
      lines: (column) => [...(merge === undefined ? [] : [`${" ".repeat(column)}${merge}`]), ...ipam.lines(column)],
    };
    const alias: ScalarValue = { kind: "scalar", value: null, style: "plain", place: sharing.place };
    return this.#standsInBraces(entry)
      ? this.#insteadOfNullInBraces(entry, alias, phrase)
      : this.#belowKey(entry, alias, phrase);
  }

  /** The values from the document down to a network's list of pools, as far as they are written. */
  #chainTo(network: string): (Value | undefined)[] {
    const networks = child(this.#root, "networks");
    const definition = child(networks, network);
    const ipam = child(definition, "ipam");
    return [networks, definition, ipam, child(ipam, "config")];
  }

  #intoConfig(config: Value): EditOutcome {
    if (config.kind !== "list") return refused("its config is no list", config.place);
    const inBraces = `{ ${poolInBraces(this.subnet, this.#layout)} }`;
    const last = config.items.at(-1);
    if (!last) return edited({ span: config.place.span, text: `[${inBraces}]` });
    if (config.flow) return edited(insertion(valueEnd(last), `, ${inBraces}`));
    const column = columnOf(this.#source, config.place.span[0]);
    return linesBelow(this.#source, valueEnd(last), [poolLine(this.subnet, column, this.#layout)]);
  }

  /** Adds to the map behind a key, or makes one there. */
  #intoEntry(entry: Entry, phrase: Phrase): EditOutcome {
    const { value } = entry;
    if (value.kind === "map") return this.#intoMap(value, phrase);
    if (value.kind === "list" || value.value !== null) return refused("its value is no map", value.place);
    return this.#standsInBraces(entry)
      ? this.#insteadOfNullInBraces(entry, value, phrase)
      : this.#belowKey(entry, value, phrase);
  }

  #intoMap(map: MapValue, phrase: Phrase): EditOutcome {
    if (map.flow) return intoBraces(map, phrase.flow, true);
    const column = columnOfKeys(map);
    if (column === undefined) return refused("its keys are written in an unusual way", map.place);
    return linesBelow(this.#source, valueEnd(map), phrase.lines(column));
  }

  #intoDocument(phrase: Phrase): EditOutcome {
    if (this.#root.flow) return intoBraces(this.#root, phrase.flow, false);
    const column = columnOfKeys(this.#root);
    if (column === undefined) return refused("its keys are written in an unusual way", this.#root.place);
    return linesAtEnd(this.document, phrase.lines(column));
  }

  /** `front:`, `front: ~ # comment`: the map's lines come below, and a written null goes. */
  #belowKey(entry: Entry, value: ScalarValue, phrase: Phrase): EditOutcome {
    const column = columnOfKey(entry);
    const colon = colonEnd(entry);
    if (column === undefined || colon === undefined)
      return refused("its key is written in an unusual way", entry.keyPlace);
    const [start, stop] = value.place.span;
    const beforeValue = this.#source.text.slice(colon, Math.max(colon, start));
    if (!/^[ \t]*(?:&\S+[ \t]*)?$/.test(beforeValue)) {
      return refused("its value is written in an unusual way", value.place);
    }
    const lines = linesBelow(this.#source, Math.max(colon, stop), phrase.lines(column + this.#layout.step));
    if (isBlank(value) || !lines.ok) return lines;
    return edited({ span: [colon + beforeValue.trimEnd().length, stop], text: "" }, ...lines.edits);
  }

  /** `{ front: }`, `{ front: ~ }`, `{ front }`. */
  #insteadOfNullInBraces(entry: Entry, value: ScalarValue, { flow }: Phrase): EditOutcome {
    const { keyPlace } = entry;
    const inBraces = `{ ${flow} }`;
    const colon = colonEnd(entry);
    if (colon === undefined) return edited(insertion(keyPlace.span[1], `: ${inBraces}`));
    const [start, stop] = value.place.span;
    if (this.#source.text.slice(colon, start).trim() !== "") {
      return refused("its value is written in an unusual way", value.place);
    }
    return edited({ span: [colon, isBlank(value) ? colon : stop], text: ` ${inBraces}` });
  }

  #standsInBraces({ keyPlace: { span } }: Entry): boolean {
    const networks = child(this.#root, "networks");
    const maps = [this.#root, networks, ...[...(asMap(networks)?.entries.values() ?? [])].map(({ value }) => value)];
    return maps.some(
      (map) => map?.kind === "map" && map.flow && map.place.span[0] < span[0] && span[1] < map.place.span[1],
    );
  }
}
