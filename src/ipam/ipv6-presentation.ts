import IPCIDR from "ip-cidr";

/**
 * Writes a value of 0 to 2^128 - 1 in the one form that RFC 5952 section 4 recommends: lower case, no leading zeros,
 * the first of the longest runs of two or more zero groups as `::`.
 *
 * This is the only file that imports `ip-cidr`. It is given eight full groups, because it misreads other spellings:
 * it takes `fd00::10.0.0.1` for the IPv4 address 10.0.0.1.
 */
export function presentIpv6(value: bigint): string {
  const digits = value.toString(16).padStart(32, "0");
  const groups = digits.replace(/.{4}(?=.)/gu, "$&:");
  return IPCIDR.createAddress(groups).correctForm();
}
