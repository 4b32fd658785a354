import { asMap, filledIn, type Entry, type MapValue, type Value } from "../read/value.js";
import { namesAsMap } from "../read/names-as-map.js";

/**
 * Puts short and old forms into the one that Compose goes on with after each document: what is laid over it later
 * meets this form.
 */
export function canonicalDocument(root: MapValue): MapValue {
  return withEach(withEach(root, "networks", canonicalNetwork), "services", canonicalService);
}

/** `external: {name: shared}` is an older way to write `external: true` with `name: shared`. */
function canonicalNetwork(network: Value): Value {
  const external = asMap(network)?.entries.get("external");
  if (network.kind !== "map" || external?.value.kind !== "map") return network;
  const name = external.value.entries.get("name");
  const own = network.entries.get("name");
  // What is refused is refused by whoever reads the network.
  if (name && own && filledIn(name.value) !== filledIn(own.value)) return network;
  if ([...external.value.entries.keys()].some((key) => key !== "name" && !key.startsWith("x-"))) return network;
  const yes: Value = { kind: "scalar", value: true, style: "plain", place: external.value.place };
  const entries = new Map(network.entries).set("external", { ...external, value: yes });
  if (name && !own) entries.set("name", name);
  return { ...network, entries };
}

function canonicalService(service: Value): Value {
  const networks = asMap(service)?.entries.get("networks");
  if (service.kind !== "map" || networks?.value.kind !== "list") return service;
  const entries = new Map(service.entries).set("networks", { ...networks, value: namesAsMap(networks.value) });
  return { ...service, entries };
}

function withEach(root: MapValue, key: string, canonical: (value: Value) => Value): MapValue {
  const resources = root.entries.get(key);
  if (resources?.value.kind !== "map") return root;
  const changed: [string, Entry][] = [];
  // Most are canonical already: what is included or lies in the documents before was put into this form there.
  for (const [name, entry] of resources.value.entries) {
    const value = canonical(entry.value);
    if (value !== entry.value) changed.push([name, { ...entry, value }]);
  }
  if (changed.length === 0) return root;
  const value: MapValue = { ...resources.value, entries: new Map([...resources.value.entries, ...changed]) };
  return { ...root, entries: new Map(root.entries).set(key, { ...resources, value }) };
}
