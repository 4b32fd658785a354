import type { EditOutcome } from "../../kit/edit.js";
import { refused } from "../../kit/edit.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Network } from "../project/network.js";
import type { ComposeFile } from "../read/compose-file.js";
import { child } from "../read/value.js";
import { refuseShared } from "./refusals/sharing.js";
import { MapWriter } from "./write/map-writer.js";
import { addressPhrase } from "./write/phrase.js";

/** Writes a gateway into a pool that has none. */
export function addGateway(
  file: ComposeFile,
  network: Network,
  { value: map, at }: IpamPool,
  text: string,
): EditOutcome {
  const document = file.documents.find(
    ({ root, span: [start, end] }) =>
      root.place.source === map?.place.source && start <= map.place.span[0] && map.place.span[0] < end,
  );
  if (!map || !document) return refused("its pool is written in another file", at);
  const ipam = child(network.definition, "ipam");
  const shared = refuseShared([network.definition, ipam, child(ipam, "config"), map]);
  if (shared) return shared;
  const writer = new MapWriter(document);
  return writer.intoMap(map, addressPhrase("gateway", text, writer.layout));
}
