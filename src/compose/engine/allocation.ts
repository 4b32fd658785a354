import type { Address, AddressRange } from "../../ipam/address.js";
import { bitsOf, rangeOf, type Prefix } from "../../ipam/prefix.js";

/** The role in which the engine keeps an address of a subnet to itself; undefined when it does not. */
export function reservedRole(subnet: Prefix, address: Address): string | undefined {
  const { first, last } = rangeOf(subnet);
  if (subnet.address.family === 6) return address.value === first.value ? "first address" : undefined;
  if (bitsOf(4) - subnet.length < 2) return undefined;
  if (address.value === first.value) return "network address";
  return address.value === last.value ? "broadcast address" : undefined;
}

/**
 * The address that the engine gives the gateway when nobody says which: the first of the subnet, or of `ip_range`,
 * that it does not keep to itself.
 *
 * @returns undefined when there is none.
 */
export function defaultGateway(subnet: Prefix, range: AddressRange): Address | undefined {
  const { family } = range.first;
  for (let { value } = range.first; value <= range.last.value; value += 1n) {
    const address: Address = { family, value };
    if (reservedRole(subnet, address) === undefined) return address;
  }
  return undefined;
}
