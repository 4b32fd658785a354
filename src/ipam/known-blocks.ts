import { parseAddress, type Address, type AddressRange } from "./address.js";
import { parsePrefix, rangeOf, type Prefix } from "./prefix.js";

function prefix(cidr: string): Prefix {
  const parsed = parsePrefix(cidr);
  if (!parsed.ok) throw new TypeError(cidr);
  return parsed.value;
}

/** Docker's own bridge on a daemon that nobody configured. */
export const DOCKER0 = prefix("172.17.0.0/16");
export const MULTICAST: AddressRange = rangeOf(prefix("224.0.0.0/4"));
export const LOOPBACK: AddressRange = rangeOf(prefix("127.0.0.0/8"));
/** IPv4 addresses in the form of IPv6. */
export const MAPPED: AddressRange = rangeOf(prefix("::ffff:0:0/96"));

/** The address in a text that is no field of a pool; undefined for any other text. */
export function addressIn(text: string): Address | undefined {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.value : undefined;
}
