import { formatAddress, parseAddress, type Address, type AddressRange } from "../../ipam/address.js";
import { lengthOfNetmask } from "../../ipam/netmask.js";
import {
  bitsOf,
  formatPrefix,
  hasHostBits,
  maskPrefix,
  parsePrefix,
  type Prefix,
  type PrefixFault,
  rangeOf,
} from "../../ipam/prefix.js";
import { parseRange } from "../../ipam/range.js";
import { failure, type Result, success } from "../../kit/result.js";

/*
 * The ways in which a policy file writes addresses. Every fault is a whole sentence that begins with the value.
 */

/** Reads a CIDR block whose host bits are clear: the address space of a pool or of a subnet. */
export function readSubnet(text: string): Result<Prefix, string> {
  const prefix = readPrefix(text);
  if (!prefix.ok || !hasHostBits(prefix.value)) return prefix;
  return failure(`"${text}" has host bits set; did you mean ${formatPrefix(maskPrefix(prefix.value))}?`);
}

/** Reads a CIDR block to forbid. With host bits set it may be meant as the block or as the one address, and both are named. */
export function readForbiddenBlock(text: string): Result<AddressRange, string> {
  const prefix = parsePrefix(text);
  if (!prefix.ok) return failure(adviceOnAddress(text) ?? explain(text, prefix.fault));
  if (!hasHostBits(prefix.value)) return success(rangeOf(prefix.value));
  const { address } = prefix.value;
  const block = formatPrefix(maskPrefix(prefix.value));
  const single = formatPrefix({ address, length: bitsOf(address.family) });
  return failure(`"${text}" has host bits set; did you mean ${block} or ${single}?`);
}

/** Reads `first-last`. */
export function readSpan(text: string): Result<AddressRange, string> {
  const range = parseRange(text);
  if (range.ok) return range;
  if (text.includes("/") && parsePrefix(text).ok) return failure(`"${text}" is a CIDR block; write it under "cidr"`);
  return failure(`"${text}": ${range.fault.reason}`);
}

/** Reads one address. */
export function readAddress(text: string): Result<Address, string> {
  const address = parseAddress(text);
  if (address.ok) return address;
  const prefix = parsePrefix(text);
  const meant = prefix.ok ? formatAddress(prefix.value.address) : undefined;
  const reason = meant === undefined ? address.fault.reason : `an address has no prefix length; did you mean ${meant}?`;
  return failure(`"${text}": ${reason}`);
}

/** Reads the short form, which is also a line of a plain list: a CIDR block, `first-last` or one address. */
export function readNetwork(text: string): Result<AddressRange, string> {
  if (text.includes("/")) return readForbiddenBlock(text);
  if (/[-–]/u.test(text)) return readSpan(text);
  const address = readAddress(text);
  return address.ok ? success({ first: address.value, last: address.value }) : address;
}

/** Reads an address with its prefix length, host bits and all: what an interface is given. */
export function readPrefix(text: string): Result<Prefix, string> {
  const prefix = parsePrefix(text);
  return prefix.ok ? prefix : failure(explain(text, prefix.fault));
}

function explain(text: string, { reason }: PrefixFault): string {
  if (parseRange(text).ok) return `"${text}" is a range from one address to another; a CIDR block is needed here`;
  return adviceOnNetmask(text) ?? `"${text}": ${reason}`;
}

function adviceOnAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address.ok
    ? `"${text}" has no prefix length; did you mean ${text}/${bitsOf(address.value.family)}?`
    : undefined;
}

/** Routing tables write `10.0.0.0/255.0.0.0`. */
function adviceOnNetmask(text: string): string | undefined {
  const [network = "", mask = ""] = text.split("/");
  const prefix = parsePrefix(`${network}/${lengthOfNetmask(mask)}`);
  if (!prefix.ok) return undefined;
  return `"${text}" has a netmask in place of the prefix length; did you mean ${formatPrefix(prefix.value)}?`;
}
