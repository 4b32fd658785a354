import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitsOf,
  containsPrefix,
  formatPrefix,
  hasHostBits,
  isUnspecified,
  maskPrefix,
  parsePrefix,
  rangeOf,
} from "../../src/ipam/prefix.js";
import { addressLike, prefix } from "./arbitraries.js";
import { bitsOfAddress, boundsOf, readPrefix, widthOf, writeAddress } from "./bit-model.js";
import { holds, seed } from "./property.js";
import { prefixFrom } from "./texts.js";

const fault = (text: string) => {
  const result = parsePrefix(text);
  return result.ok ? undefined : result.fault;
};

describe("parsePrefix", () => {
  it("keeps the address as written, host bits and all", () => {
    expect(parsePrefix("10.1.2.3/24")).toEqual({
      ok: true,
      value: { address: { family: 4, value: 0x0a010203n }, length: 24 },
    });
  });

  it.each(["0.0.0.0/0", "10.0.0.0/32", "::/0", "::1/128"])("reads %s, at the edge of the span", (text) => {
    expect(formatPrefix(prefixFrom(text))).toBe(text);
  });

  it("keeps an IPv4-mapped prefix in IPv6", () => {
    expect(prefixFrom("::ffff:10.0.0.0/104")).toEqual({ address: { family: 6, value: 0xffff0a000000n }, length: 104 });
  });

  it.each([
    ["10.0.0.0", "slash", "it has no prefix length: a subnet is written like 10.0.0.0/24"],
    ["", "slash", "it has no prefix length: a subnet is written like 10.0.0.0/24"],
    ["/24", "address", "the address is missing"],
    ["10.0.0/24", "address", "it has 3 numbers: an IPv4 address has four numbers of 0 to 255"],
    ["10.0.0.0/8/8", "address", '"/" has no place in it: an IPv4 address has four numbers of 0 to 255'],
    [" 10.0.0.0/8", "address", "a space has no place in it: an IPv4 address has four numbers of 0 to 255"],
    ["fe80::1%eth0/64", "zone", '"%eth0" is a zone: Docker takes an address without one'],
    ["10.0.0.0/", "length", "nothing follows the slash: an IPv4 prefix length is 0 to 32"],
    ["10.0.0.0/33", "length", '"33" is out of range: an IPv4 prefix length is 0 to 32'],
    ["fd00::/129", "length", '"129" is out of range: an IPv6 prefix length is 0 to 128'],
    ["10.0.0.0/08", "length", '"08" has a leading zero: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/00", "length", '"00" has a leading zero: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/+8", "length", '"+8" is not a valid prefix length: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/-8", "length", '"-8" is not a valid prefix length: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/ 8", "length", '" 8" is not a valid prefix length: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/8 ", "length", '"8 " is not a valid prefix length: an IPv4 prefix length is 0 to 32'],
    ["10.0.0.0/255.0.0.0", "length", '"255.0.0.0" is not a valid prefix length: an IPv4 prefix length is 0 to 32'],
    ["fd00::/64%eth0", "length", '"64%eth0" is not a valid prefix length: an IPv6 prefix length is 0 to 128'],
  ])("refuses %j: the %s is wrong", (text, part, reason) => {
    expect(fault(text)).toEqual({ part, reason });
  });
});

describe("a prefix", () => {
  it("is unspecified only when its address is all zeros", () => {
    expect(["0.0.0.0/24", "::/64", "0.0.0.0/0"].map(prefixFrom).map(isUnspecified)).toEqual([true, true, true]);
    expect(["0.0.0.1/24", "::1/64", "10.0.0.0/8"].map(prefixFrom).map(isUnspecified)).toEqual([false, false, false]);
  });

  it("contains itself and what is longer, and never the other family", () => {
    const outer = prefixFrom("10.0.0.0/8");
    expect(containsPrefix(outer, outer)).toBe(true);
    expect(containsPrefix(outer, prefixFrom("10.201.3.0/24"))).toBe(true);
    expect(containsPrefix(prefixFrom("10.201.3.0/24"), outer)).toBe(false);
    expect(containsPrefix(outer, prefixFrom("11.0.0.0/24"))).toBe(false);
    expect(containsPrefix(prefixFrom("0.0.0.0/0"), prefixFrom("::ffff:10.0.0.0/104"))).toBe(false);
    expect(containsPrefix(prefixFrom("::/0"), prefixFrom("10.0.0.0/8"))).toBe(false);
  });
});

describe(`any prefix (seed ${seed})`, () => {
  it("is read from exactly the texts that a second, naive reading accepts", () => {
    const length = fc.oneof(fc.nat({ max: 130 }).map(String), fc.constantFrom("08", "+8", " 8", "8 ", "", "a", "1e1"));
    const address = fc.oneof(
      addressLike,
      prefix.map(({ address }) => writeAddress(bitsOfAddress(address))),
    );
    const text = fc.oneof(
      fc.tuple(address, length).map((parts) => parts.join("/")),
      addressLike,
    );
    holds(
      fc.property(text, (candidate) => {
        const parsed = parsePrefix(candidate);
        const read = parsed.ok ? { bits: bitsOfAddress(parsed.value.address), length: parsed.value.length } : undefined;
        expect(read).toEqual(readPrefix(candidate));
      }),
      3000,
    );
  });

  it("is written and read back as itself", () => {
    holds(
      fc.property(prefix, (original) => {
        expect(prefixFrom(formatPrefix(original))).toEqual(original);
      }),
    );
  });

  it("has the network address and the bounds that its bits say", () => {
    holds(
      fc.property(prefix, (original) => {
        const { first, last } = boundsOf(original);
        const masked = maskPrefix(original);
        const range = rangeOf(original);
        expect(bitsOfAddress(masked.address)).toBe(first);
        expect(masked.length).toBe(original.length);
        expect([range.first, range.last].map(bitsOfAddress)).toEqual([first, last]);
        expect(hasHostBits(original)).toBe(bitsOfAddress(original.address) !== first);
        expect(hasHostBits(masked)).toBe(false);
        expect(bitsOf(original.address.family)).toBe(widthOf(original.address.family));
      }),
    );
  });

  it("contains another one when the other's network bits begin with its own", () => {
    const nearby = fc.tuple(prefix, prefix, fc.boolean()).map(([a, b, related]) => {
      const shared = related && a.address.family === b.address.family;
      return [a, shared ? { address: a.address, length: b.length } : b] as const;
    });
    holds(
      fc.property(nearby, ([outer, inner]) => {
        const network = bitsOfAddress(outer.address).slice(0, outer.length);
        const expected =
          outer.address.family === inner.address.family &&
          bitsOfAddress(inner.address).slice(0, inner.length).startsWith(network);
        expect(containsPrefix(outer, inner)).toBe(expected);
      }),
    );
  });
});
