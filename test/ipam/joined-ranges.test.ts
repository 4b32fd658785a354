import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JoinedRanges, MadeRanges } from "../../src/ipam/joined-ranges.js";
import { type RangeEntry, RangeSet } from "../../src/ipam/range-set.js";
import { shortRange } from "./arbitraries.js";
import { holds } from "./property.js";
import { rangeFrom } from "./texts.js";

const numbered = (parts: readonly (readonly RangeEntry<number>["range"][])[]): RangeEntry<number>[][] => {
  let count = 0;
  return parts.map((ranges) => ranges.map((range) => ({ range, value: count++ })));
};

describe("joined sets of ranges", () => {
  it("answer as one set with all of their ranges does", () => {
    holds(
      fc.property(fc.array(fc.array(shortRange, { maxLength: 6 }), { maxLength: 4 }), shortRange, (parts, asked) => {
        const lists = numbered(parts);
        const joined = new JoinedRanges(lists.map((list) => new RangeSet(list)));
        const whole = new RangeSet(lists.flat());
        expect(joined.size).toBe(whole.size);
        expect(joined.overlappingEntries(asked)).toEqual(whole.overlappingEntries(asked));
        expect(joined.overlapping(asked)).toEqual(whole.overlapping(asked));
        expect([...joined.eachOverlappingEntry(asked)]).toEqual(whole.overlappingEntries(asked));
        expect(joined.firstOverlappingEntry(asked)).toEqual(whole.firstOverlappingEntry(asked));
        expect(joined.firstOverlapping(asked)).toEqual(whole.firstOverlapping(asked));
      }),
    );
  });

  it("stop as soon as nobody asks for more", () => {
    const set = new JoinedRanges([
      new RangeSet([{ range: rangeFrom("10.0.0.0/8"), value: "wide" }]),
      new RangeSet([{ range: rangeFrom("10.1.0.0/16"), value: "narrow" }]),
    ]);
    const seen: string[] = [];
    for (const { value } of set.eachOverlappingEntry(rangeFrom("10.1.0.0/24"))) {
      seen.push(value);
      break;
    }
    expect(seen).toEqual(["wide"]);
    const all = set.eachOverlappingEntry(rangeFrom("10.1.0.0/24"));
    expect(Array.from(all, ({ value }) => value)).toEqual(["wide", "narrow"]);
  });
});

describe("a set that makes its values", () => {
  it("makes those that are asked for, and no others", () => {
    const made: number[] = [];
    const set = new MadeRanges(
      new RangeSet(
        ["10.0.0.0/8", "10.1.0.0/16", "172.16.0.0/12"].map((text, value) => ({ range: rangeFrom(text), value })),
      ),
      (key) => {
        made.push(key);
        return `made ${key}`;
      },
    );
    expect(set.size).toBe(3);
    expect(set.firstOverlapping(rangeFrom("10.1.0.0/24"))).toBe("made 0");
    expect(set.overlapping(rangeFrom("10.1.0.0/24"))).toEqual(["made 0", "made 1"]);
    expect([...set.eachOverlappingEntry(rangeFrom("172.16.0.0/16"))].map(({ value }) => value)).toEqual(["made 2"]);
    expect(made).toEqual([0, 0, 1, 2]);
  });
});
