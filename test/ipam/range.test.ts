import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverRange } from "../../src/ipam/cidr-cover.js";
import { formatPrefix, maskPrefix, rangeOf } from "../../src/ipam/prefix.js";
import {
  formatRange,
  parseRange,
  prefixOf,
  rangeContains,
  rangesOverlap,
  subtractRanges,
} from "../../src/ipam/range.js";
import { address, prefix, range, shortRange } from "./arbitraries.js";
import { addressesOf, share } from "./bit-model.js";
import { holds, seed } from "./property.js";
import { addressFrom, prefixFrom, rangeFrom } from "./texts.js";
import type { AddressRange } from "../../src/ipam/address.js";

const pair = fc.oneof(fc.tuple(shortRange, shortRange), fc.tuple(range, range));

describe("parseRange", () => {
  it.each(["10.0.0.10-10.0.0.20", "10.0.0.10 - 10.0.0.20", "10.0.0.10–10.0.0.20", "10.0.0.10 –10.0.0.20"])(
    "reads %s",
    (text) => {
      expect(parseRange(text)).toEqual({
        ok: true,
        value: { first: addressFrom("10.0.0.10"), last: addressFrom("10.0.0.20") },
      });
    },
  );

  it.each([
    ["10.0.0.0/24", "dash", 'it has no "-": a range is written like 10.0.0.10-10.0.0.20'],
    ["-10.0.0.1", "first", "before the dash, the address is missing"],
    ["10.0.0.1-", "last", "after the dash, the address is missing"],
    ["10.0.0.1-20", "last", 'after the dash, "20" is not a valid IP address, such as 10.0.0.1 or fd00::1'],
    [
      " 10.0.0.1-10.0.0.2",
      "first",
      "before the dash, a space has no place in it: an IPv4 address has four numbers of 0 to 255",
    ],
    ["10.0.0.1-fd00::1", "family", "one end is IPv4 and the other IPv6"],
    ["10.0.0.2-10.0.0.1", "order", "its first address is above its last"],
  ])("refuses %j: the %s is wrong", (text, part, reason) => {
    expect(parseRange(text)).toEqual({ ok: false, fault: { part, reason } });
  });
});

describe("formatRange", () => {
  it.each([
    ["10.0.0.0-10.0.0.255", "10.0.0.0/24"],
    ["10.0.0.1-10.0.0.1", "10.0.0.1/32"],
    ["0.0.0.0-255.255.255.255", "0.0.0.0/0"],
    ["10.0.0.0-10.0.0.254", "10.0.0.0–10.0.0.254"],
    ["10.0.0.128-10.0.1.127", "10.0.0.128–10.0.1.127"],
    ["10.0.0.1-10.0.0.2", "10.0.0.1–10.0.0.2"],
    ["fd00::-fd00::ffff:ffff:ffff:ffff", "fd00::/64"],
    ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"],
  ])("writes %s as %s", (text, formatted) => {
    expect(formatRange(rangeFrom(text))).toBe(formatted);
  });
});

describe(`any range (seed ${seed})`, () => {
  it("is written and read back as itself", () => {
    holds(
      fc.property(range, (original) => {
        expect(rangeFrom(formatRange(original))).toEqual(original);
      }),
    );
  });

  it("is one prefix exactly when it is the range of one", () => {
    holds(
      fc.property(prefix, (original) => {
        expect(prefixOf(rangeOf(original))).toEqual(maskPrefix(original));
      }),
    );
    holds(
      fc.property(range, (original) => {
        const single = prefixOf(original);
        expect(single ? rangeOf(single) : undefined).toEqual(coverRange(original).length === 1 ? original : undefined);
      }),
    );
  });

  it("overlaps what it shares an address with, both ways round", () => {
    holds(
      fc.property(pair, ([a, b]) => {
        expect(rangesOverlap(a, b)).toBe(share(a, b));
        expect(rangesOverlap(b, a)).toBe(share(a, b));
      }),
      1000,
    );
  });

  it("contains a range when it contains each of its addresses", () => {
    holds(
      fc.property(shortRange, shortRange, (outer, inner) => {
        const held = new Set(addressesOf(outer));
        expect(rangeContains(outer, inner)).toBe(addressesOf(inner).every((each) => held.has(each)));
      }),
      1000,
    );
  });

  it("contains an address when the range of that address alone overlaps it", () => {
    holds(
      fc.property(
        range,
        fc.oneof(
          address,
          range.map(({ first }) => first),
        ),
        (outer, inner) => {
          expect(rangeContains(outer, inner)).toBe(share(outer, { first: inner, last: inner }));
        },
      ),
    );
    holds(
      fc.property(range, (outer) => {
        expect([rangeContains(outer, outer.first), rangeContains(outer, outer.last)]).toEqual([true, true]);
      }),
    );
  });

  it("keeps, without some holes, just the addresses outside them, in the fewest ascending pieces", () => {
    holds(
      fc.property(shortRange, fc.array(shortRange, { maxLength: 6 }), (whole, holes) => {
        const pieces = subtractRanges(whole, holes);
        const gone = new Set(holes.flatMap(addressesOf));
        expect(pieces.flatMap(addressesOf)).toEqual(addressesOf(whole).filter((each) => !gone.has(each)));
        for (const [place, piece] of pieces.entries()) {
          const next = pieces[place + 1];
          if (next) expect(next.first.value).toBeGreaterThan(piece.last.value + 1n);
        }
      }),
      1000,
    );
  });
});

describe("subtractRanges", () => {
  it("leaves the whole when no hole touches it, and nothing when one covers it", () => {
    const whole = rangeFrom("255.255.255.0/24");
    expect(subtractRanges(whole, [rangeFrom("10.0.0.0/8"), rangeFrom("::/0")])).toEqual([whole]);
    expect(subtractRanges(whole, [rangeFrom("0.0.0.0/0")])).toEqual([]);
  });

  it("cuts an exception out of a forbidden range", () => {
    const pieces = subtractRanges(rangeFrom("192.168.0.0/24"), [rangeFrom("192.168.0.240/28")]);
    expect(pieces.map(formatRange)).toEqual(["192.168.0.0–192.168.0.239"]);
  });
});

describe("coverRange", () => {
  it("needs 62 prefixes for the worst IPv4 range and 254 for the worst IPv6 range", () => {
    expect(coverRange(rangeFrom("0.0.0.1-255.255.255.254"))).toHaveLength(62);
    expect(coverRange(rangeFrom("::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe"))).toHaveLength(254);
  });

  it("covers a range in ascending order", () => {
    expect(coverRange(rangeFrom("10.0.0.1-10.0.1.0")).map(formatPrefix)).toEqual(
      ["1/32", "2/31", "4/30", "8/29", "16/28", "32/27", "64/26", "128/25"]
        .map((end) => `10.0.0.${end}`)
        .concat("10.0.1.0/32"),
    );
    expect(coverRange(rangeFrom("0.0.0.0/0"))).toEqual([prefixFrom("0.0.0.0/0")]);
  });

  it(`covers any short range with the fewest prefixes that a search over all of them finds (seed ${seed})`, () => {
    holds(
      fc.property(shortRange, (whole) => {
        const cover = coverRange(whole);
        expect(cover.map(rangeOf).flatMap(addressesOf)).toEqual(addressesOf(whole));
        expect(cover).toHaveLength(fewestBlocks(whole));
      }),
    );
  });
});

/** The length of the shortest way from the first address to the one behind the last, a step being an aligned block. */
function fewestBlocks(whole: AddressRange): number {
  const start = whole.first.value;
  const size = Number(whole.last.value - start) + 1;
  const fewest = [0];
  for (let end = 1; end <= size; end++) {
    let best = Infinity;
    for (let block = 1; block <= end; block *= 2) {
      const aligned = (start + BigInt(end - block)) % BigInt(block) === 0n;
      if (aligned) best = Math.min(best, (fewest[end - block] ?? Infinity) + 1);
    }
    fewest.push(best);
  }
  return fewest[size] ?? Infinity;
}
