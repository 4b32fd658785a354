import { edited, refused, type EditOutcome } from "../../kit/edit.js";
import { formatAddress } from "../../ipam/address.js";
import { formatPrefix } from "../../ipam/prefix.js";
import type { RangeForOthers } from "../engine/range-for-others.js";
import type { Network } from "../project/network.js";
import type { ComposeFile } from "../read/compose-file.js";
import { child } from "../read/value.js";
import { refuseShared } from "./refusals/sharing.js";
import { rewriteText } from "./rewrite-text.js";
import { MapWriter } from "./write/map-writer.js";
import { addressPhrase, joined } from "./write/phrase.js";

/** Writes an `ip_range` into a pool, in place of one that is written, and the gateway that the network has now. */
export function addRange(file: ComposeFile, network: Network, { pool, range, gateway }: RangeForOthers): EditOutcome {
  const { value: map, ipRange } = pool;
  const document = file.documents.find(({ root }) => root.place.source === map?.place.source);
  if (!map || !document) return refused("its pool is written in another file", pool.at);
  const ipam = child(network.definition, "ipam");
  const written = ipRange.kind === "known" ? ipRange.written : undefined;
  const shared = refuseShared([network.definition, ipam, child(ipam, "config"), map, written]);
  if (shared) return shared;
  const writer = new MapWriter(documentWith(file, map.place.span[0]) ?? document);
  const { layout } = writer;
  const ownGateway = gateway ? [addressPhrase("gateway", formatAddress(gateway), layout)] : [];
  if (written && ipRange.kind === "known") {
    const rewriting = rewriteText(written, ipRange.text, formatPrefix(range));
    if (!rewriting.ok || ownGateway.length === 0) return rewriting;
    const added = writer.intoMap(map, joined(ownGateway));
    return added.ok ? edited(...rewriting.edits, ...added.edits) : added;
  }
  return writer.intoMap(map, joined([addressPhrase("ip_range", formatPrefix(range), layout), ...ownGateway]));
}

function documentWith({ documents }: ComposeFile, offset: number) {
  return documents.find(({ span: [start, end] }) => start <= offset && offset < end);
}
