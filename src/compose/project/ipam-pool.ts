import { parseAddress, type Address, type Family } from "../../ipam/address.js";
import { isUnspecified, parsePrefix, type Prefix } from "../../ipam/prefix.js";
import type { Place } from "../../kit/source.js";
import type { Refusal } from "../read/scalar-text.js";
import { asMap, asScalar, child, type MapValue, type Value } from "../read/value.js";
import { readField, type Field, type Parse } from "./field.js";

/** One entry of `ipam.config`. */
export interface IpamPool {
  readonly at: Place;
  /** The alias or merge key through which the network has it, when it is written elsewhere. */
  readonly sharedAt: Place | undefined;
  readonly subnet: Field<Prefix>;
  readonly gateway: Field<Address>;
  readonly ipRange: Field<Prefix>;
  /** By the names of the hosts that have them. */
  readonly auxiliary: ReadonlyMap<string, Field<Address>>;
  /** As it is written, for edits. */
  readonly value: MapValue | undefined;
}

/** What the subnet of a pool comes to. */
export type PoolKind =
  | "explicit"
  /** Nothing is asked for: `- {}`, `subnet: ""`. */
  | "empty"
  /** `0.0.0.0/24`, `::/64`: engine 29 reads it as "any subnet of this size"; older ones take it literally or refuse. */
  | "unspecified"
  | "unknown"
  /** By Compose. */
  | "refused"
  /** It asks for something, and for no subnet that there is. */
  | "unusable";

export function kindOfPool({ subnet, gateway, ipRange, auxiliary }: IpamPool): PoolKind {
  switch (subnet.kind) {
    case "known":
      return isUnspecified(subnet.value) ? "unspecified" : "explicit";
    case "unknown":
      return subnet.because.reason === "refused" ? "refused" : "unknown";
    case "unreadable":
      return "unusable";
    case "absent":
      return gateway.kind === "absent" && ipRange.kind === "absent" && auxiliary.size === 0 ? "empty" : "unusable";
  }
}

/** The family of a pool's subnet, where that is known. */
export function familyOfPool({ subnet }: IpamPool): Family | undefined {
  return subnet.kind === "known" ? subnet.value.address.family : undefined;
}

const KEYS: ReadonlySet<string> = new Set(["subnet", "ip_range", "gateway", "aux_addresses"]);

/**
 * @param path Where the entry stands, as Compose names it: `networks.back.ipam.config.0`.
 * @param around The values that it is a part of, the network's definition first.
 */
export function readIpamPool(
  value: Value,
  path: string,
  around: readonly (Value | undefined)[] = [],
): { readonly pool: IpamPool; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = [];
  const refuse = (message: string, place: Place): Refusal => {
    const refusal: Refusal = { by: "compose", message, place };
    refusals.push(refusal);
    return refusal;
  };
  const map = asMap(value);
  for (const { key, keyPlace } of map?.entries.values() ?? []) {
    if (KEYS.has(key) || key.startsWith("x-")) continue;
    const message = `${path} additional properties '${key}' not allowed`;
    refusals.push({ by: "compose", message, place: keyPlace, knownKeys: KEYS });
  }
  const field = <T>(at: string, written: Value | undefined, parse: Parse<T>, empty?: "a text"): Field<T> => {
    const refusal = written && refuseShape(written, `${path}.${at}`, refuse);
    return refusal
      ? { kind: "unknown", because: { reason: "refused", refusal }, at: written.place, written }
      : readField(written, parse, empty);
  };
  const ipRange = field("ip_range", child(map, "ip_range"), parsePrefix);
  const gateway = field("gateway", child(map, "gateway"), parseAddress);
  const auxiliary = child(map, "aux_addresses");
  if (auxiliary && auxiliary.kind !== "map") refuse(`${path}.aux_addresses must be a mapping`, auxiliary.place);
  const addresses = [...(asMap(auxiliary)?.entries.values() ?? [])].map((entry) => {
    // Unlike the others, an empty one is asked for.
    return [entry.key, field(`aux_addresses.${entry.key}`, entry.value, parseAddress, "a text")] as const;
  });
  const sharedAt = [...around, value].find((each) => each?.sharedBy)?.sharedBy?.place;
  const subnet = map ? field("subnet", child(map, "subnet"), parsePrefix) : notAMap(value, path, refuse);
  return {
    pool: { at: value.place, sharedAt, subnet, gateway, ipRange, auxiliary: new Map(addresses), value: map },
    refusals,
  };
}

type Refuse = (message: string, place: Place) => Refusal;

function notAMap(written: Value, path: string, refuse: Refuse): Field<Prefix> {
  const refusal = refuse(`${path} must be a mapping`, written.place);
  return { kind: "unknown", because: { reason: "refused", refusal }, at: written.place, written };
}

function refuseShape(value: Value, path: string, refuse: Refuse): Refusal | undefined {
  const scalar = asScalar(value);
  if (typeof scalar?.value !== "string") return refuse(`${path} must be a string`, value.place);
  if (scalar.interpolation?.kind !== "malformed") return undefined;
  // Compose names no position in a list here.
  const pattern = path.replace(/(ipam\.config\.)\d+/, "$1[]");
  return refuse(`invalid interpolation format for ${pattern}`, value.place);
}
