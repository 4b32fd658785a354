import { nameCharacter } from "./character.js";
import { explainIpv4, readIpv4 } from "./ipv4-text.js";

const COLON = 0x3a;
const DOT = 0x2e;

const SHAPE = "an IPv6 address has eight groups of one to four hexadecimal digits";

/**
 * Reads an IPv6 address without a zone, or answers `undefined` where Go's `netip.ParseAddr` refuses it.
 * `::` stands for one or more groups of zeros; dotted IPv4 may replace the last two groups.
 */
export function readIpv6(text: string): bigint | undefined {
  const groups: number[] = [];
  let gap = -1;
  let index = 0;
  if (text.startsWith("::")) {
    gap = 0;
    index = 2;
  }
  while (index < text.length) {
    const start = index;
    let group = 0;
    for (; index < text.length; index++) {
      const digit = hexadecimalDigit(text.charCodeAt(index));
      if (digit < 0) break;
      group = group * 16 + digit;
    }
    const next = text.charCodeAt(index);
    if (next === DOT) {
      const embedded = readIpv4(text.slice(start));
      if (embedded === undefined) return undefined;
      groups.push(embedded >>> 16, embedded & 0xffff);
      break;
    }
    if (index === start || index - start > 4 || groups.length === 8) return undefined;
    groups.push(group);
    if (index === text.length) break;

    const afterColon = index + 1;
    if (next !== COLON || afterColon === text.length) return undefined;
    index = afterColon;
    if (text.charCodeAt(index) === COLON) {
      if (gap >= 0) return undefined;
      gap = groups.length;
      index++;
    }
  }
  if (gap < 0 ? groups.length !== 8 : groups.length > 7) return undefined;
  return joinGroups(groups, gap);
}

/** Says why `readIpv6` refused a text. */
export function explainIpv6(text: string): string {
  const stray = /[^0-9a-fA-F:.]/u.exec(text);
  if (stray) return `${nameCharacter(stray[0])} has no place in it: ${SHAPE}`;
  if (/::.*::|:::/u.test(text)) return `it contains "::" more than once: ${SHAPE}, and "::" may replace zeros once`;
  if (/^:(?!:)|(?<!:):$/u.test(text)) return `a group is missing next to a single ":" at one end: ${SHAPE}`;

  const parts = text.split(/::?/u).filter((part) => part !== "");
  const last = parts.at(-1) ?? "";
  for (const [place, part] of parts.entries()) {
    if (part.includes(".") && place < parts.length - 1) return `the dotted part "${part}" is not at its end: ${SHAPE}`;
    if (!part.includes(".") && part.length > 4) return `"${part}" has more than four digits: ${SHAPE}`;
  }
  const dotted = last.includes(".");
  if (dotted && readIpv4(last) === undefined) return `its dotted part "${last}" is wrong: ${explainIpv4(last)}`;

  const count = parts.length + (dotted ? 1 : 0);
  const held = dotted ? `${count} groups, the dotted part being two of them` : `${count} groups`;
  return text.includes("::")
    ? `"::" has nothing left to replace, since there are ${held}: ${SHAPE}`
    : `it has ${held}: ${SHAPE}, unless "::" replaces some`;
}

function hexadecimalDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/** Three groups are 48 bits, which a number holds exactly: three bigints are enough for the eight groups. */
function joinGroups(groups: readonly number[], gap: number): bigint {
  const zeros = 8 - groups.length;
  const group = (place: number): number => {
    if (zeros === 0 || place < gap) return groups[place] ?? 0;
    return place < gap + zeros ? 0 : (groups[place - zeros] ?? 0);
  };
  const high = (group(0) * 0x10000 + group(1)) * 0x10000 + group(2);
  const middle = (group(3) * 0x10000 + group(4)) * 0x10000 + group(5);
  const low = group(6) * 0x10000 + group(7);
  return (BigInt(high) << 80n) | (BigInt(middle) << 32n) | BigInt(low);
}
