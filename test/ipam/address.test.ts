import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAddresses, formatAddress, parseAddress } from "../../src/ipam/address.js";
import { address, addressLike, mappedAddress } from "./arbitraries.js";
import { addressOfBits, bitsOfAddress, readAddress, writeAddress } from "./bit-model.js";
import { holds, seed } from "./property.js";

const value = (text: string) => {
  const result = parseAddress(text);
  return result.ok ? result.value : undefined;
};
const fault = (text: string) => {
  const result = parseAddress(text);
  return result.ok ? undefined : result.fault;
};

describe("parseAddress", () => {
  it.each([
    ["0.0.0.0", 4, 0n],
    ["10.1.2.3", 4, 0x0a010203n],
    ["255.255.255.255", 4, 0xffffffffn],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["0:0:0:0:0:0:0:1", 6, 1n],
    ["FD00::00a", 6, (0xfd00n << 112n) + 10n],
    ["1:2:3:4:5:6:7::", 6, 0x00010002000300040005000600070000n],
    ["::2:3:4:5:6:7:8", 6, 0x00000002000300040005000600070008n],
    ["::ffff:10.0.0.1", 6, 0xffff0a000001n],
    ["fd00::10.0.0.1", 6, (0xfd00n << 112n) + 0x0a000001n],
    ["1:2:3:4:5:6:10.0.0.1", 6, 0x0001000200030004000500060a000001n],
  ])("reads %s", (text, family, number) => {
    expect(value(text)).toEqual({ family, value: number });
  });

  it.each([
    ["", "the address is missing"],
    ["office", '"office" is not a valid IP address, such as 10.0.0.1 or fd00::1'],
    ["10.0.0", "it has 3 numbers: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.0.0", "it has 5 numbers: an IPv4 address has four numbers of 0 to 255"],
    ["10..0.0", "a number is missing next to a dot: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.", "a number is missing next to a dot: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.300", '"300" is not a number from 0 to 255: an IPv4 address has four numbers of 0 to 255'],
    [
      "10.0.0.010",
      '"010" has a leading zero, which some programs read as octal: an IPv4 address has four numbers of 0 to 255',
    ],
    [
      "10.0.0.00",
      '"00" has a leading zero, which some programs read as octal: an IPv4 address has four numbers of 0 to 255',
    ],
    [" 10.0.0.1", "a space has no place in it: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.1\t", "a tab has no place in it: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.\u00a01", "the character U+00A0 has no place in it: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.-1", '"-" has no place in it: an IPv4 address has four numbers of 0 to 255'],
    ["10.0.0.1:80", '":" has no place in it: an IPv4 address has four numbers of 0 to 255'],
    ["fd00:g::", '"g" has no place in it: an IPv6 address has eight groups of one to four hexadecimal digits'],
    [
      "1::2::3",
      'it contains "::" more than once: an IPv6 address has eight groups of one to four hexadecimal digits, ' +
        'and "::" may replace zeros once',
    ],
    [
      ":1:2:3:4:5:6:7",
      'a group is missing next to a single ":" at one end: ' +
        "an IPv6 address has eight groups of one to four hexadecimal digits",
    ],
    [
      "fd00::1:",
      'a group is missing next to a single ":" at one end: ' +
        "an IPv6 address has eight groups of one to four hexadecimal digits",
    ],
    [
      "fd00::12345",
      '"12345" has more than four digits: an IPv6 address has eight groups of one to four hexadecimal digits',
    ],
    [
      "fd00:1:2",
      'it has 3 groups: an IPv6 address has eight groups of one to four hexadecimal digits, unless "::" replaces some',
    ],
    [
      "1:2:3:4:5:6:7:10.0.0.1",
      "it has 9 groups, the dotted part being two of them: " +
        'an IPv6 address has eight groups of one to four hexadecimal digits, unless "::" replaces some',
    ],
    [
      "1:2:3:4::5:6:7:8",
      '"::" has nothing left to replace, since there are 8 groups: ' +
        "an IPv6 address has eight groups of one to four hexadecimal digits",
    ],
    [
      "::10.0.0.1:1",
      'the dotted part "10.0.0.1" is not at its end: ' +
        "an IPv6 address has eight groups of one to four hexadecimal digits",
    ],
    [
      "::ffff:10.0.0.256",
      'its dotted part "10.0.0.256" is wrong: "256" is not a number from 0 to 255: an IPv4 address has four numbers of 0 to 255',
    ],
  ])("refuses %j and says why", (text, reason) => {
    expect(fault(text)).toEqual({ part: "address", reason });
  });

  it.each(["fe80::1%eth0", "fe80::1%", "10.0.0.1%eth0"])("refuses the zone of %s", (text) => {
    expect(fault(text)).toEqual({
      part: "zone",
      reason: `"${text.slice(text.indexOf("%"))}" is a zone: Docker takes an address without one`,
    });
  });

  it("speaks of the address first when the zone is not all that is wrong", () => {
    expect(fault("fe80::1::2%eth0")?.part).toBe("address");
    expect(fault("%eth0")?.part).toBe("address");
  });
});

describe("formatAddress", () => {
  it.each([
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:0:0:2:3:0:0:4", "1::2:3:0:0:4"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["FD00:0:0:0:0:0:0:0ABC", "fd00::abc"],
    ["::ffff:a00:1", "::ffff:10.0.0.1"],
    ["::a00:1", "::a00:1"],
    ["fd00::10.0.0.1", "fd00::a00:1"],
  ])("writes %s as %s", (text, formatted) => {
    const parsed = value(text);
    expect(parsed && formatAddress(parsed)).toBe(formatted);
  });
});

describe(`any address (seed ${seed})`, () => {
  it("is read from exactly the texts that a second, naive reading accepts, and as the same bits", () => {
    holds(
      fc.property(addressLike, (text) => {
        const parsed = value(text);
        expect(parsed && bitsOfAddress(parsed)).toBe(readAddress(text));
      }),
      5000,
    );
  });

  it("has a reason without holes when it is refused", () => {
    holds(
      fc.property(addressLike, (text) => {
        fc.pre(!value(text));
        expect(fault(text)?.reason).toMatch(/^(?!.*\b(?:undefined|NaN)\b).{10,}$/su);
      }),
      1000,
    );
  });

  it("is written as RFC 5952 says and read back as itself", () => {
    holds(
      fc.property(fc.oneof(address, mappedAddress), (original) => {
        const text = formatAddress(original);
        expect(text).toBe(writeAddress(bitsOfAddress(original)));
        expect(value(text)).toEqual(original);
        expect(addressOfBits(bitsOfAddress(original))).toEqual(original);
      }),
      1000,
    );
  });

  it("sorts after all IPv4 when it is IPv6, and by its bits within a family", () => {
    const key = (text: string) => `${text.length === 32 ? 4 : 6}${text}`;
    holds(
      fc.property(fc.array(address), (addresses) => {
        const sorted = addresses.toSorted(compareAddresses).map(bitsOfAddress);
        expect(sorted.map(key)).toEqual(addresses.map(bitsOfAddress).map(key).toSorted());
      }),
    );
  });
});
