import { hasHostBits, isUnspecified, maskPrefix, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import type { Family } from "../../ipam/address.js";
import { hiddenVariables, showText } from "../read/shown.js";
import type { Place } from "../../kit/source.js";
import { readText, type Refusal, type ShownRefusal, type Text, type Unknown } from "../read/scalar-text.js";
import { asMap, asScalar, child, type MapValue, type Value } from "../read/value.js";

/** One entry of `ipam.config`, and what its subnet comes to. */
export interface IpamPool {
  readonly place: Place;
  readonly value: MapValue | undefined;
  readonly subnet: PoolSubnet;
}

export type PoolSubnet =
  /** The engine uses this prefix. Host bits are masked away here; engines from 25 on refuse them. */
  | { readonly kind: "prefix"; readonly prefix: Prefix; readonly text: string; readonly written: Text }
  /** Nothing is asked for: `- {}`, `subnet: ""`. Engine 29 chooses; older ones refuse. */
  | { readonly kind: "empty"; readonly place: Place }
  /** `0.0.0.0/24`, `::/64`: engine 29 reads it as "any subnet of this size"; older ones take it literally or refuse. */
  | { readonly kind: "unspecified"; readonly family: Family; readonly length: number; readonly place: Place }
  | { readonly kind: "unknown"; readonly because: Unknown; readonly place: Place }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const KEYS: ReadonlySet<string> = new Set(["subnet", "ip_range", "gateway", "aux_addresses"]);

/**
 * @param path Where the entry stands, as Compose names it: `networks.back.ipam.config.0`.
 * @param ipv6 Whether the network has IPv6. The engine does not look into IPv6 pools of one that has not.
 */
export function readIpamPool(
  value: Value,
  path: string,
  ipv6: boolean,
): { pool: IpamPool; refusals: readonly Refusal[] } {
  const map = asMap(value);
  const refusals: Refusal[] = [];
  const refuse: Refuse = (by, message, place, shown) => {
    const refusal: Refusal = { by, message, place, ...(shown && { shown }) };
    refusals.push(refusal);
    return { kind: "refused", refusal };
  };
  for (const { key, keyPlace } of map?.entries.values() ?? []) {
    if (!KEYS.has(key) && !key.startsWith("x-")) {
      const message = `${path} additional properties '${key}' not allowed`;
      refusals.push({ by: "compose", message, place: keyPlace, knownKeys: KEYS });
    }
  }
  refuseShapes(map, path, refuse);
  const subnet = map
    ? readSubnet(map, path, ipv6, refuse)
    : refuse("compose", `${path} must be a mapping`, value.place);
  return { pool: { place: value.place, value: map, subnet }, refusals };
}

type Refuse = (by: Refusal["by"], message: string, place: Place, shown?: ShownRefusal) => PoolSubnet;

function refuseShapes(pool: MapValue | undefined, path: string, refuse: Refuse): void {
  refuseAddress(child(pool, "ip_range"), `${path}.ip_range`, refuse);
  refuseAddress(child(pool, "gateway"), `${path}.gateway`, refuse);
  const auxiliary = child(pool, "aux_addresses");
  if (auxiliary && auxiliary.kind !== "map") {
    refuse("compose", `${path}.aux_addresses must be a mapping`, auxiliary.place);
  }
  for (const { key, value } of asMap(auxiliary)?.entries.values() ?? []) {
    refuseAddress(value, `${path}.aux_addresses.${key}`, refuse);
  }
}

function refuseAddress(value: Value | undefined, path: string, refuse: Refuse): void {
  if (value === undefined) return;
  const scalar = asScalar(value);
  if (typeof scalar?.value !== "string") refuse("compose", `${path} must be a string`, value.place);
  else if (scalar.interpolation?.kind === "malformed") refuseTemplate(path, value, refuse);
}

/** Compose names no position in a list here. */
function refuseTemplate(path: string, value: Value, refuse: Refuse): PoolSubnet {
  const pattern = path.replace(/(ipam\.config\.)\d+/, "$1[]");
  return refuse("compose", `invalid interpolation format for ${pattern}`, value.place);
}

function readSubnet(pool: MapValue, path: string, ipv6: boolean, refuse: Refuse): PoolSubnet {
  const value = child(pool, "subnet");
  if (value === undefined) return withoutSubnet(pool, pool.place, refuse);
  const scalar = asScalar(value);
  if (typeof scalar?.value !== "string") return refuse("compose", `${path}.subnet must be a string`, value.place);
  const text = readText(scalar, (candidate) => parsePrefix(candidate).ok);
  if (text === undefined) return refuseTemplate(`${path}.subnet`, value, refuse);
  if (!text.known) return { kind: "unknown", because: text.because, place: value.place };
  if (text.text === "") return withoutSubnet(pool, value.place, refuse);
  const parsed = parsePrefix(text.text);
  if (!parsed.ok) {
    const variables = hiddenVariables(scalar);
    const shown = variables.length > 0 ? { message: `invalid subnet ${showText(text)}`, variables } : undefined;
    return refuse("engine", `invalid subnet ${text.text}: ${parsed.fault.reason}`, value.place, shown);
  }
  const prefix = maskPrefix(parsed.value);
  if (isUnspecified(parsed.value)) {
    return { kind: "unspecified", family: prefix.address.family, length: prefix.length, place: value.place };
  }
  const isChecked = ipv6 || prefix.address.family === 4;
  if (isChecked && hasHostBits(parsed.value)) {
    refuse("engine", `invalid subnet ${text.text}: host bits are set`, value.place);
  }
  return { kind: "prefix", prefix, text: text.text, written: text };
}

function withoutSubnet(pool: MapValue, place: Place, refuse: Refuse): PoolSubnet {
  const asked = [...pool.entries.keys()].find((key) => key !== "subnet" && KEYS.has(key));
  if (asked === undefined) return { kind: "empty", place };
  return refuse("engine", `a ${asked} without a subnet: the engine has nothing to hold it against`, pool.place);
}
