import type { FoundNetwork, Importer } from "./importer.js";
import { isRecord, type JsonRecord, recordsIn, textAt, valueAt } from "./json-values.js";

/** `docker network inspect`, which another host may print: networks to stay off there. */
export const dockerNetworks: Importer = {
  kind: "docker-networks",
  what: "docker network inspect",
  recognizes: ({ json }) => recordsIn(json).some((entry) => "Driver" in entry && isRecord(entry["IPAM"])),
  read: ({ json }) => ({ networks: recordsIn(json).flatMap(networksOf) }),
};

function networksOf(network: JsonRecord): FoundNetwork[] {
  const name = textAt(network, "Name");
  return recordsIn(valueAt(network, "IPAM", "Config")).flatMap((pool): FoundNetwork[] => {
    const written = textAt(pool, "Subnet");
    return written === undefined ? [] : [{ written, name, source: `docker:${name ?? ""}` }];
  });
}
