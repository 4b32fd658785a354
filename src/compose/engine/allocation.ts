import type { Address, AddressRange, Family } from "../../ipam/address.js";
import { bitsOf, rangeOf, type Prefix } from "../../ipam/prefix.js";

/** What the engine keeps of each subnet: its first address and, in IPv4, its last one. */
const ROLES = { 4: ["network address", "broadcast address"], 6: ["first address"] } as const;

/** An address of a subnet that the engine gives to nobody. */
export interface KeptAddress {
  readonly role: (typeof ROLES)[Family][number];
  readonly address: Address;
}

/** The addresses that the engine keeps to itself, beside the gateway's. */
export function keptAddresses(subnet: Prefix): readonly KeptAddress[] {
  const { family } = subnet.address;
  if (family === 4 && bitsOf(family) - subnet.length < 2) return [];
  const { first, last } = rangeOf(subnet);
  return ROLES[family].map((role, index) => ({ role, address: index === 0 ? first : last }));
}

/** The role in which the engine keeps an address of a subnet to itself; undefined when it does not. */
export function reservedRole(subnet: Prefix, { value }: Address): KeptAddress["role"] | undefined {
  return keptAddresses(subnet).find(({ address }) => address.value === value)?.role;
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

/** Whether no container of a network without further settings can have an address of its subnet. */
export function isKept(subnet: Prefix, address: Address): boolean {
  return (
    reservedRole(subnet, address) !== undefined || defaultGateway(subnet, rangeOf(subnet))?.value === address.value
  );
}

/** How many addresses of a subnet are kept, the gateway's among them. */
export function keptCount(family: Family): number {
  return ROLES[family].length + 1;
}
