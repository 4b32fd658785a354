import { asList, asMap, asScalar, child, isNull, type Entry, type ListValue, type MapValue, type Value } from "./value.js";

/**
 * Lays one compose document over another, as Compose does for the documents of a file and for override files:
 * maps are united, lists are joined, scalars of the later one win. `networks.*.ipam.config` and the networks of a
 * service have rules of their own (compose-go, override/merge.go). Tags must have had their effect before.
 */
export function mergeDocuments(base: MapValue, override: MapValue): MapValue {
  return mergeMaps(base, override, []);
}

/** Lays a service over the one that it extends. */
export function mergeServices(base: MapValue, service: MapValue): MapValue {
  return mergeMaps(base, service, ["services", "*"]);
}

function merge(base: Value, override: Value, path: readonly string[]): Value {
  if (isNull(override)) return base;
  if (isNull(base)) return override;
  if (isServiceNetworks(path)) return mergeMaps(namesAsMap(base), namesAsMap(override), path);
  if (base.kind === "map" && override.kind === "map") return mergeMaps(base, override, path);
  if (base.kind === "list" && override.kind === "list") {
    return isIpamConfig(path) ? mergeIpamConfig(base, override) : { ...override, items: [...base.items, ...override.items] };
  }
  return override;
}

/** A key that both have keeps its first place: that is where people look for the network or service. */
function mergeMaps(base: MapValue, override: MapValue, path: readonly string[]): MapValue {
  const entries = new Map(base.entries);
  for (const [key, entry] of override.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { ...below, value: merge(below.value, entry.value, [...path, key]) } : entry);
  }
  return { ...override, entries };
}

function isServiceNetworks(path: readonly string[]): boolean {
  return path.length === 3 && path[0] === "services" && path[2] === "networks";
}

function isIpamConfig(path: readonly string[]): boolean {
  return path.length === 4 && path[0] === "networks" && path[2] === "ipam" && path[3] === "config";
}

/** `[front, back]` means the same as `{front: null, back: null}`. */
export function namesAsMap(value: Value): MapValue {
  if (value.kind === "map") return value;
  const entries = new Map<string, Entry>();
  for (const item of asList(value)?.items ?? []) {
    const name = asScalar(item)?.value;
    if (typeof name !== "string") continue;
    const nothing: Value = { kind: "scalar", value: null, style: "plain", place: item.place };
    entries.set(name, { key: name, keyPlace: item.place, value: nothing });
  }
  return { kind: "map", flow: false, entries, place: value.place };
}

/**
 * Pools are neither joined nor matched by subnet alone: each pool of the override is held against each of the base,
 * and one with another subnet replaces it. What results from that is often what nobody wrote.
 */
function mergeIpamConfig(base: ListValue, override: ListValue): ListValue {
  const result: Value[] = [];
  const indexOf = (subnet: unknown): number => result.findIndex((pool) => subnetText(pool) === subnet);
  for (const left of base.items) {
    for (const right of override.items) {
      const subnet = subnetText(right);
      if (subnetText(left) !== subnet && indexOf(subnet) === -1) {
        result.push(right);
        continue;
      }
      const [leftMap, rightMap] = [asMap(left), asMap(right)];
      const merged = leftMap && rightMap ? mergeMaps(leftMap, rightMap, IPAM_POOL) : right;
      const known = indexOf(subnetText(merged));
      if (known === -1) result.push(merged);
      else result[known] = merged;
    }
  }
  return { ...override, items: result };
}

const IPAM_POOL = ["networks", "*", "ipam", "config", "*"];

function subnetText(pool: Value): unknown {
  const subnet = asScalar(child(pool, "subnet"));
  return subnet?.interpolation?.kind === "text" ? subnet.interpolation.text : subnet?.value;
}
