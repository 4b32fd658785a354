import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareAddresses } from "../../src/ipam/address.js";
import { type RangeEntry, RangeSet } from "../../src/ipam/range-set.js";
import { range, shortRange } from "./arbitraries.js";
import { share } from "./bit-model.js";
import { holds, seed } from "./property.js";
import { rangeFrom } from "./texts.js";

const named = (...texts: string[]) => new RangeSet(texts.map((text) => ({ range: rangeFrom(text), value: text })));

describe("a range set", () => {
  it("finds nothing when it is empty", () => {
    const empty = named();
    expect(empty.size).toBe(0);
    expect(empty.overlapping(rangeFrom("0.0.0.0/0"))).toEqual([]);
    expect(empty.firstOverlapping(rangeFrom("::/0"))).toBeUndefined();
  });

  it("finds ranges that nest, in the order of their first addresses", () => {
    const set = named("10.201.0.0/16", "172.16.0.0/12", "10.0.0.0/8", "10.201.3.0/24", "fd00::/8");
    expect(set.size).toBe(5);
    expect(set.overlapping(rangeFrom("10.201.3.128/25"))).toEqual(["10.0.0.0/8", "10.201.0.0/16", "10.201.3.0/24"]);
    expect(set.firstOverlapping(rangeFrom("10.201.3.128/25"))).toBe("10.0.0.0/8");
    expect(set.overlapping(rangeFrom("fd12::/16"))).toEqual(["fd00::/8"]);
  });

  it("keeps the order given for ranges that begin at the same address, and holds a range twice", () => {
    const set = new RangeSet(
      ["10.0.0.0/24", "10.0.0.0/8", "10.0.0.0/24"].map((text, value) => ({ range: rangeFrom(text), value })),
    );
    expect(set.overlapping(rangeFrom("10.0.0.0/30"))).toEqual([0, 1, 2]);
  });

  it("tells an IPv4 address from the IPv6 address of the same number", () => {
    const set = named("0.0.0.0/24");
    expect(set.firstOverlapping(rangeFrom("::/120"))).toBeUndefined();
    expect(set.firstOverlapping(rangeFrom("0.0.0.7/32"))).toBe("0.0.0.0/24");
  });

  it("finds the one huge range behind thousands of small ones that lie inside it", () => {
    const small = Array.from({ length: 5000 }, (_, place) => `10.${place >> 8}.${place & 255}.0/25`);
    const set = named(...small, "10.0.0.0/8");
    expect(set.overlapping(rangeFrom("10.255.0.0/16"))).toEqual(["10.0.0.0/8"]);
    expect(set.overlapping(rangeFrom("10.1.2.0/24"))).toEqual(["10.0.0.0/8", "10.1.2.0/25"]);
    expect(set.firstOverlapping(rangeFrom("10.1.2.128/25"))).toBe("10.0.0.0/8");
    expect(set.firstOverlapping(rangeFrom("11.0.0.0/8"))).toBeUndefined();
  });

  it("keeps IPv6 ranges apart that differ only in their last bits", () => {
    const set = named("fd00::3-fd00::3", "fd00::1-fd00::1", "fd00::2-fd00::2");
    expect(set.overlapping(rangeFrom("fd00::/64"))).toEqual(["fd00::1-fd00::1", "fd00::2-fd00::2", "fd00::3-fd00::3"]);
    expect(set.overlapping(rangeFrom("fd00::2/128"))).toEqual(["fd00::2-fd00::2"]);
  });
});

describe(`any range set (seed ${seed})`, () => {
  const ranges = fc.array(fc.oneof(shortRange, range), { maxLength: 40, size: "max" });

  it("answers as a scan over all its ranges would", () => {
    holds(
      fc.property(ranges, fc.oneof(shortRange, range), (members, query) => {
        const entries = members.map((range, value): RangeEntry<number> => ({ range, value }));
        const expected = entries
          .filter(({ range }) => share(range, query))
          .toSorted((a, b) => compareAddresses(a.range.first, b.range.first));
        const set = new RangeSet(entries);
        expect(set.overlappingEntries(query)).toEqual(expected);
        expect(set.overlapping(query)).toEqual(expected.map(({ value }) => value));
        expect(set.firstOverlappingEntry(query)).toEqual(expected[0]);
        expect(set.firstOverlapping(query)).toEqual(expected[0]?.value);
        expect(set.size).toBe(members.length);
      }),
      2000,
    );
  });
});
