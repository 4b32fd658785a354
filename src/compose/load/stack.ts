import type { Refusal } from "../read/scalar-text.js";
import { asList, asMap, asScalar, child, type Entry, type MapValue, type Value } from "../read/value.js";
import type { Path } from "../read/written.js";

/*
 * `docker stack deploy` reads compose files with a loader of its own (docker/cli, the schema of version 3). It knows
 * one document a file and no tags, and reads neither `.env` nor other files.
 */

const UNKNOWN_IN_ROOT = /^(?:name|include)$/;
const UNKNOWN_IN_NETWORK = /^enable_ipv[46]$/;
const UNKNOWN_IN_IPAM = /^(?:options$|x-)/;
const UNKNOWN_IN_POOL = /^(?:(?:gateway|ip_range|aux_addresses)$|x-)/;

/** What a stack can't say about a project as a whole. */
export function stackRefusals(root: MapValue | undefined): Refusal[] {
  return unknownKeys("(root)", root, UNKNOWN_IN_ROOT);
}

/** What a stack can't say about a network. */
export function stackNetworkRefusals({ key, value }: Entry): Refusal[] {
  const path = `networks.${key}`;
  const ipam = child(value, "ipam");
  const driver = child(value, "driver");
  const pools = asList(child(ipam, "config"))?.items ?? [];
  const refusals = [
    ...unknownKeys(path, value, UNKNOWN_IN_NETWORK),
    ...unknownKeys(`${path}.ipam`, ipam, UNKNOWN_IN_IPAM),
    ...pools.flatMap((pool, index) => unknownKeys(`${path}.ipam.config.${index}`, pool, UNKNOWN_IN_POOL)),
  ];
  if (!driver || asScalar(driver)?.value !== "bridge") return refusals;
  const message = `The network ${key} cannot be used with services. Only networks scoped to the swarm can be used`;
  return [...refusals, { by: "stack", message, place: driver.place }];
}

function unknownKeys(path: string, value: Value | undefined, unknown: RegExp): Refusal[] {
  return [...(asMap(value)?.entries.values() ?? [])].flatMap(({ key, keyPlace: place }): Refusal[] => {
    if (!unknown.test(key)) return [];
    return [{ by: "stack", message: `${path} Additional property ${key} is not allowed`, place }];
  });
}

/** What a document says that a stack passes over: its services have neither a mode nor addresses of their own. */
export function pathsWithoutEffect(document: MapValue): Path[] {
  return [...(asMap(child(document, "services"))?.entries ?? [])].flatMap(([service, { value }]): Path[] => [
    ["services", service, "network_mode"],
    ...[...(asMap(child(value, "networks"))?.entries.keys() ?? [])].flatMap((network): Path[] =>
      ["ipv4_address", "ipv6_address"].map((field) => ["services", service, "networks", network, field]),
    ),
  ]);
}

/** A network of a later file takes the place of the one before it. */
export function pathsOfNetworks(document: MapValue): Path[] {
  return [...(asMap(child(document, "networks"))?.entries.keys() ?? [])].map((network) => ["networks", network]);
}
