import { parseAddress } from "../../ipam/address.js";
import { parsePrefix } from "../../ipam/prefix.js";
import type { IpamPool } from "../project/ipam-pool.js";
import type { Place } from "../../kit/source.js";
import { readText } from "../read/scalar-text.js";
import { asMap, asScalar, child, type ScalarValue, type Value } from "../read/value.js";

/** One entry of `ipam.config`, as Compose sends it to the engine. */
export interface PoolRequest {
  readonly place: Place;
  readonly pool: IpamPool;
  readonly subnet: Reading;
  readonly range: Reading;
  readonly gateway: Reading;
  readonly auxiliary: readonly Reading[];
}

/** A field, or why there is none: it is not asked for, or its text can't be told. */
export type Reading = Field | "absent" | "unknown";

export interface Field {
  /** As messages name it: `gateway`, `auxiliary address "router"`. */
  readonly role: string;
  readonly text: string;
  readonly written: ScalarValue;
}

export function readPoolRequest(pool: IpamPool): PoolRequest {
  const { value, place } = pool;
  const auxiliary = asMap(child(value, "aux_addresses"))?.entries.values() ?? [];
  return {
    place,
    pool,
    subnet: readField("subnet", child(value, "subnet"), isPrefix),
    range: readField("ip_range", child(value, "ip_range"), isPrefix),
    gateway: readField("gateway", child(value, "gateway"), isAddress),
    // Unlike the others, an empty one is asked for.
    auxiliary: [...auxiliary].map((entry) =>
      readField(`auxiliary address "${entry.key}"`, entry.value, isAddress, () => true),
    ),
  };
}

export function isField(reading: Reading): reading is Field {
  return typeof reading === "object";
}

/** What Compose refuses never gets to the engine: it counts as unknown. */
function readField(
  role: string,
  value: Value | undefined,
  usable: (text: string) => boolean,
  asks: (text: string) => boolean = (text) => text !== "",
): Reading {
  if (value === undefined) return "absent";
  const scalar = asScalar(value);
  const text = scalar && readText(scalar, usable);
  if (!text?.known) return "unknown";
  return asks(text.text) ? { role, text: text.text, written: text.written } : "absent";
}

function isPrefix(text: string): boolean {
  return parsePrefix(text).ok;
}

function isAddress(text: string): boolean {
  return parseAddress(text).ok;
}
