import type { FoundNetwork, Importer } from "./importer.js";
import { type JsonRecord, recordsIn, textAt } from "./json-values.js";

/** `ip -j addr`: the networks that the interfaces are in. */
export const ipAddr: Importer = {
  kind: "ip-addr",
  what: "ip -j addr (Linux)",
  recognizes: ({ json }) => recordsIn(json).some(({ addr_info }) => Array.isArray(addr_info)),
  read: ({ json }) => ({ networks: recordsIn(json).flatMap(networksOf) }),
};

function networksOf(link: JsonRecord): FoundNetwork[] {
  const device = textAt(link, "ifname");
  return recordsIn(link["addr_info"]).flatMap((address): FoundNetwork[] => {
    const { prefixlen } = address;
    const local = textAt(address, "local");
    if (local === undefined || typeof prefixlen !== "number") return [];
    return [{ written: `${local}/${prefixlen}`, source: `ip-addr:${device ?? ""}`, device }];
  });
}
