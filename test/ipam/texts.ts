import { type Address, parseAddress, type AddressRange } from "../../src/ipam/address.js";
import { parsePrefix, type Prefix, rangeOf } from "../../src/ipam/prefix.js";
import { parseRange } from "../../src/ipam/range.js";

/** The address, prefix or range that a test means. A typing error in a test throws. */
export function addressFrom(text: string): Address {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.reason}`);
  return parsed.value;
}

export function prefixFrom(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.reason}`);
  return parsed.value;
}

export function rangeFrom(text: string): AddressRange {
  if (text.includes("/")) return rangeOf(prefixFrom(text));
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.reason}`);
  return parsed.value;
}
