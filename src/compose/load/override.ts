import { mergePools } from "./override-ipam.js";
import type { Place } from "../../kit/source.js";
import { isNull, type Entry, type ListValue, type MapValue, type Value } from "../read/value.js";
import type { ComposeVersion } from "./version.js";
import { namesAsMap } from "../read/names-as-map.js";

/** Compose compares each pool of one document with each of the other, and with all that has come of it so far. */
const MOST_POOLS = 100;

export interface MergeContext {
  readonly version: ComposeVersion;
  /** Told of every value that Compose refuses to lay over another one. */
  readonly refuse: (message: string, place: Place) => void;
  /** Told of every network whose pools are laid over others. */
  readonly poolsMerged?: (merge: PoolMerge) => void;
  /** Told of what is not looked into. */
  readonly limit?: (message: string, advice: string, place: Place) => void;
}

/** What becomes of a network's pools when those of a later document are laid over them. */
export interface PoolMerge {
  /** The network's key. */
  readonly network: string;
  readonly base: ListValue;
  /** The key `config` of the later document and its list. */
  readonly override: Entry & { readonly value: ListValue };
  /** What Compose goes on with. */
  readonly result: readonly Value[];
  /** Nothing is left, which this version of Compose refuses. */
  readonly refused: boolean;
}

/**
 * Lays one compose document over another, as Compose does for the documents of a file and for override files:
 * maps are united, lists are joined, scalars of the later one win. `networks.*.ipam.config` and the networks of a
 * service have rules of their own (compose-go, override/merge.go). Tags must have had their effect before.
 */
export function mergeDocuments(base: MapValue, override: MapValue, context: MergeContext): MapValue {
  return mergeMaps(base, override, [], context);
}

/** Lays a service over the one that it extends. */
export function mergeServices(name: string, base: MapValue, service: MapValue, context: MergeContext): MapValue {
  return mergeMaps(base, service, ["services", name], context);
}

function merge(base: Value, override: Value, path: readonly string[], context: MergeContext): Value {
  if (isNull(base) && !isNull(override) && mayNotBeNull(path)) {
    context.refuse(`${path.join(".")} must be a mapping`, base.place);
  }
  if (isListOfNames(path) && base.kind !== "scalar" && override.kind !== "scalar") {
    return mergeMaps(namesAsMap(base), namesAsMap(override), path, context);
  }
  if (isServiceNetworks(path)) return mergeMaps(namesAsMap(base), namesAsMap(override), path, context);
  if (isNull(override)) return base;
  if (base.kind === "map" && override.kind === "map") return mergeMaps(base, override, path, context);
  // A list of a file that is included twice says no more the second time.
  if (base === override) return override;
  if (base.kind === "list" && override.kind === "list")
    return { ...override, items: [...base.items, ...override.items] };
  if (!mayReplace(base, override, path)) context.refuse(`cannot override ${path.join(".")}`, override.place);
  return override;
}

function mayReplace(base: Value, override: Value, path: readonly string[]): boolean {
  const [kind, , key] = path.length === 3 ? path : [];
  if (kind === "services" && key === "extends") return override.kind !== "scalar";
  // Compose brings labels into one form first, and either form of `build` means a service that can run.
  return base.kind === "scalar" || key === "labels" || path[2] === "build";
}

/** A key that both have keeps its first place: that is where people look for the network or service. */
function mergeMaps(base: MapValue, override: MapValue, path: readonly string[], context: MergeContext): MapValue {
  const entries = new Map(base.entries);
  for (const [key, entry] of override.entries) {
    const below = entries.get(key);
    const here = [...path, key];
    if (below && isIpamConfig(here)) {
      entries.set(key, { ...below, value: mergeIpamConfig(below.value, entry, here, context) });
    } else entries.set(key, below ? { ...below, value: merge(below.value, entry.value, here, context) } : entry);
  }
  return { ...override, entries };
}

/**
 * Compose looks at each document before the next one could repair it. An empty network is none to repair, and of an
 * empty service nobody knows whether it has keys that say nothing about networks.
 */
function mayNotBeNull([kind, ...rest]: readonly string[]): boolean {
  const [, key] = rest;
  if (kind === "networks") return rest.length === 0;
  return kind === "services" && rest.length === 2 && key === "networks";
}

function isServiceNetworks(path: readonly string[]): boolean {
  return path.length === 3 && path[0] === "services" && path[2] === "networks";
}

/** To Compose, a list of them is a map as well. */
function isListOfNames(path: readonly string[]): boolean {
  return path.length === 3 && path[0] === "services" && path[2] === "depends_on";
}

function isIpamConfig(path: readonly string[]): boolean {
  return path.length === 4 && path[0] === "networks" && path[2] === "ipam" && path[3] === "config";
}

function mergeIpamConfig(base: Value, entry: Entry, path: readonly string[], context: MergeContext): Value {
  const { value: override } = entry;
  const mustBeList = (place: Place): void => context.refuse(`${path.join(".")} must be a list`, place);
  if (base.kind !== "list" || override.kind !== "list") {
    mustBeList(base.kind === "list" ? override.place : base.place);
    return override;
  }
  if (Math.max(base.items.length, override.items.length) > MOST_POOLS) {
    context.limit?.(
      `${path.join(".")} has more than ${MOST_POOLS} pools in one of two files`,
      "Give it fewer pools.",
      override.place,
    );
    return override;
  }
  // Nobody looks at the last document again: 2.40 goes on with a pool that is nothing, and leaves it to the engine.
  const laid = context.version === "2.40" ? override.items.map(nothingAsPool) : override.items;
  const result = mergePools(base.items, laid);
  // Laid over nothing or by nothing, the list becomes none: 2.40 creates the network without it, others refuse that.
  const refused = result.length === 0 && context.version !== "2.40";
  if (refused) mustBeList(override.place);
  const [, network = ""] = path;
  context.poolsMerged?.({ network, base, override: { ...entry, value: override }, result, refused });
  return { ...override, items: result };
}

function nothingAsPool(pool: Value): Value {
  return isNull(pool) ? { kind: "map", flow: false, entries: new Map<string, Entry>(), place: pool.place } : pool;
}
