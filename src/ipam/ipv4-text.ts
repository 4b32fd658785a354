import { nameCharacter } from "./character.js";

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;

const SHAPE = "an IPv4 address has four numbers of 0 to 255";

/**
 * Reads a dotted IPv4 address as a number of 0 to 2^32 - 1, or `undefined` where Go's `netip.ParseAddr` refuses it.
 *
 * It runs once for every line of a list of 100,000 prefixes, so it makes no objects and has no words:
 * `explainIpv4` finds those when they are needed.
 */
export function readIpv4(text: string): number | undefined {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= ZERO && code <= NINE) {
      if (digits > 0 && octet === 0) return undefined;
      octet = octet * 10 + code - ZERO;
      if (octet > 255) return undefined;
      digits++;
    } else if (code === DOT && digits > 0 && dots < 3) {
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots++;
    } else {
      return undefined;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : undefined;
}

/** Says why `readIpv4` refused a text. */
export function explainIpv4(text: string): string {
  const stray = /[^0-9.]/u.exec(text);
  if (stray) return `${nameCharacter(stray[0])} has no place in it: ${SHAPE}`;

  const octets = text.split(".");
  if (octets.length !== 4) return `it has ${octets.length} numbers: ${SHAPE}`;

  const octet = octets.find((text) => text === "" || /^0./u.test(text) || Number(text) > 255);
  if (octet === "") return `a number is missing next to a dot: ${SHAPE}`;
  if (octet?.startsWith("0")) return `"${octet}" has a leading zero, which some programs read as octal: ${SHAPE}`;
  return `"${octet}" is not a number from 0 to 255: ${SHAPE}`;
}

/** Writes a number of 0 to 2^32 - 1 as a dotted IPv4 address. */
export function writeIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
