import { addressMap, type AddressMap, type MapItem, type MapKind } from "../../src/map/address-map.js";
import { rangeOf } from "../../src/ipam/prefix.js";
import { prefix } from "../host/host-with.js";

/** `explicit shop 10.0.0.0/24`. */
export function item(text: string, about: Partial<MapItem> = {}): MapItem {
  const [kind = "", name = "", cidr = ""] = text.split(" ");
  return { kind: kind as MapKind, range: rangeOf(prefix(cidr)), name, place: undefined, ...about };
}

export function mapOf(...texts: readonly string[]): AddressMap {
  return addressMap(
    texts.map((text) => item(text)),
    [],
  );
}
