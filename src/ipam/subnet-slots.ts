import { bitsOf, maskPrefix, type Prefix } from "./prefix.js";

/** The subnets of one length that a prefix can be cut into, numbered from 0 upwards. They are never all made. */
export interface SubnetSlots {
  /** 0 when the subnets would be larger than the prefix, or longer than an address. */
  readonly count: bigint;
  /** The subnet with this number. */
  subnetAt(slot: bigint): Prefix;
  /** The number of the subnet that holds an address of the prefix. */
  slotOf(address: bigint): bigint;
}

/** Cuts `base`, host bits cleared, into subnets of `/length`. */
export function cutSubnets(base: Prefix, length: number): SubnetSlots {
  const { family, value } = maskPrefix(base).address;
  const bits = bitsOf(family);
  const fits = length >= base.length && length <= bits;
  const shift = BigInt(Math.max(bits - length, 0));
  return {
    count: fits ? 1n << BigInt(length - base.length) : 0n,
    subnetAt: (slot) => ({ address: { family, value: value + (slot << shift) }, length }),
    slotOf: (address) => (address - value) >> shift,
  };
}
