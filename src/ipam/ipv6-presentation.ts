/**
 * Writes a value of 0 to 2^128 - 1 in the one form that RFC 5952 section 4 recommends: lower case, no leading zeros,
 * the first of the longest runs of two or more zero groups as `::`.
 *
 * The form is that of hosts in URLs (WHATWG URL, IPv6 serializer), so the platform writes it.
 */
export function presentIpv6(value: bigint): string {
  const digits = value.toString(16).padStart(32, "0");
  const groups = digits.replace(/.{4}(?=.)/gu, "$&:");
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}
