import { parseAddress, type AddressRange } from "../ipam/address.js";
import { lengthOfNetmask } from "../ipam/netmask.js";
import { bitsOf, parsePrefix, rangeOf } from "../ipam/prefix.js";
import { parseRange } from "../ipam/range.js";

/** Reads a network in any of the forms that routing tables and lists write; host bits are cleared. */
export function readWritten(text: string): AddressRange | undefined {
  if (text === "default") return DEFAULT;
  const [address = "", length] = text.split("/");
  if (length === undefined && text.includes("-")) {
    const range = parseRange(text);
    return range.ok ? range.value : undefined;
  }
  const parsed = parseAddress(address);
  if (!parsed.ok) return undefined;
  const own = length ?? bitsOf(parsed.value.family);
  const prefix = parsePrefix(`${address}/${lengthOfNetmask(String(own)) ?? own}`);
  return prefix.ok ? rangeOf(prefix.value) : undefined;
}

const DEFAULT: AddressRange = { first: { family: 4, value: 0n }, last: { family: 4, value: 0xffff_ffffn } };
