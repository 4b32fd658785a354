import { formatPrefix, type Prefix } from "../../ipam/prefix.js";
import type { ComposeDocument, ComposeFile } from "../read/compose-file.js";
import { kindOfPool, type IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import { textOf, type Place } from "../../kit/source.js";
import { asMap, asScalar, child, isNull, type Entry, type MapValue, type Value } from "../read/value.js";
import { columnOf } from "./write/columns.js";
import { edited, insertion, refused, type EditOutcome } from "../../kit/edit.js";
import { valueEnd } from "./write/extent.js";
import { MapWriter } from "./write/map-writer.js";
import { homeOf } from "./network-home.js";
import { linesBelow } from "./write/new-lines.js";
import { configPhrase, inBraces, nested, poolInBraces, poolLine, subnetPhrase } from "./write/phrase.js";
import { refuseShared } from "./refusals/sharing.js";

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
  const home = homeOf(file, network, "ipam");
  if ("ok" in home) return home;

  const writer = new SubnetWriter(home, text);
  const { cause } = addressing;
  if (cause.kind === "unspecified subnet" || cause.kind === "empty pool") {
    const pool = network.pools.find((pool) => kindOfPool(pool) !== "explicit" && holds(pool, cause.place));
    if (pool?.value) return writer.intoPool(network.key, pool.value);
  }
  return writer.intoNetwork(network.key);
}

function holds({ at: { source, span } }: IpamPool, inner: Place): boolean {
  return source === inner.source && span[0] <= inner.span[0] && inner.span[1] <= span[1];
}

class SubnetWriter extends MapWriter {
  constructor(
    document: ComposeDocument,
    readonly subnet: string,
  ) {
    super(document);
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
      return edited({ span: pool.place.span, text: this.#poolInBraces() });
    }
    return this.intoMap(pool, subnetPhrase(this.subnet, this.layout));
  }

  #insteadOf(subnet: Value, inBraces: boolean): EditOutcome {
    const written = textOf(subnet.place);
    if (written.includes("$")) return refused("it is a variable", subnet.place);
    if (asScalar(subnet)?.style === "block") return refused("its subnet is a text block", subnet.place);
    const quote = /^["']/.exec(written)?.[0] ?? (inBraces && this.subnet.includes("{") ? '"' : "");
    return edited({ span: subnet.place.span, text: quote + this.subnet + quote });
  }

  intoNetwork(key: string): EditOutcome {
    const beside = this.#besideAlias(asMap(child(this.root, "networks"))?.entries.get(key));
    if (beside) return beside;
    const shared = refuseShared(this.#chainTo(key));
    if (shared) return shared;
    const config = child(child(child(child(this.root, "networks"), key), "ipam"), "config");
    if (config) return this.#intoConfig(config);
    return this.intoPath(["networks", key, "ipam"], configPhrase(this.subnet, this.layout));
  }

  /** `back: *bridged`: a merge key takes the alias, and the subnet stands beside it, for this network alone. */
  #besideAlias(entry: Entry | undefined): EditOutcome | undefined {
    const sharing = entry?.value.sharedBy;
    const isAlias = sharing?.kind === "alias" && !child(this.root, "networks")?.sharedBy;
    if (!entry || !isAlias || entry.mergedBy || child(entry.value, "ipam")) return undefined;
    const merge = asMap(entry.value) ? `<<: *${sharing.anchor}` : undefined;
    if (merge === undefined && !isNull(entry.value)) return undefined;
    const ipam = nested("ipam", configPhrase(this.subnet, this.layout), this.layout);
    return this.insteadOfScalar(entry, sharing.place, {
      flow: (pad) => [merge, ipam.flow(pad)].filter((part) => part !== undefined).join(", "),
      lines: (column) => [...(merge === undefined ? [] : [`${" ".repeat(column)}${merge}`]), ...ipam.lines(column)],
    });
  }

  /** The values from the document down to a network's list of pools, as far as they are written. */
  #chainTo(network: string): (Value | undefined)[] {
    const networks = child(this.root, "networks");
    const definition = child(networks, network);
    const ipam = child(definition, "ipam");
    return [networks, definition, ipam, child(ipam, "config")];
  }

  #poolInBraces(): string {
    return inBraces(poolInBraces(this.subnet, this.layout), this.layout.pad);
  }

  #intoConfig(config: Value): EditOutcome {
    if (config.kind !== "list") return refused("its config is not a list", config.place);
    const pool = this.#poolInBraces();
    const last = config.items.at(-1);
    if (!last) return edited({ span: config.place.span, text: `[${pool}]` });
    if (config.flow) return edited(insertion(valueEnd(last), `, ${pool}`));
    const column = columnOf(this.source, config.place.span[0]);
    return linesBelow(this.source, valueEnd(last), [poolLine(this.subnet, column, this.layout)]);
  }
}
