import IPCIDR from "ip-cidr";

import { formatAddress, type Address } from "../../../ipam/address.js";
import { formatPrefix, maskPrefix, type Prefix } from "../../../ipam/prefix.js";

/** What a person wants to know of a block first. */
export interface Block {
  readonly first: Address;
  readonly last: Address;
  readonly size: bigint;
}

export function blockOf(prefix: Prefix): Block {
  const { family } = prefix.address;
  const [first, last] = new IPCIDR(plainText(maskPrefix(prefix))).toRange<bigint>({ type: "bigInteger" });
  return { first: { family, value: first }, last: { family, value: last }, size: last - first + 1n };
}

/** Never a dotted tail of IPv6, of which `ip-cidr` reads the tail alone. */
function plainText(prefix: Prefix): string {
  const { family, value } = prefix.address;
  if (family === 4) return formatPrefix(prefix);
  const digits = value.toString(16).padStart(32, "0");
  return `${digits.match(/.{4}/g)?.join(":") ?? formatAddress(prefix.address)}/${prefix.length}`;
}
