import type { Address } from "../../ipam/address.js";

/** An address of `/proc/net` that is written from its first byte to its last. */
export function addressFromHex(hex: string): Address | undefined {
  if (!/^(?:[\dA-Fa-f]{8}|[\dA-Fa-f]{32})$/.test(hex)) return undefined;
  return { family: hex.length === 8 ? 4 : 6, value: BigInt(`0x${hex}`) };
}

/** One of words of four bytes, each with its last byte first: so little-endian machines, which are nearly all, write it. */
export function addressFromLittleEndian(hex: string): Address | undefined {
  return addressFromHex(hex.replace(/(..)(..)(..)(..)/g, "$4$3$2$1"));
}
