import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { containedEntries } from "../../src/ipam/containment.js";
import { formatRange, parseRange, rangeContains } from "../../src/ipam/range.js";
import { holds } from "./property.js";
import type { AddressRange } from "../../src/ipam/address.js";

function range(text: string): AddressRange {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.fault.reason);
  return parsed.value;
}

describe("entries that lie in another one", () => {
  it("are found with the one that holds them; of equal ones the later lies in the earlier", () => {
    const entries = ["10.1.0.0-10.1.0.9", "10.0.0.0-10.9.0.0", "10.1.0.0-10.1.0.9", "10.8.0.0-10.10.0.0", "::-::1"].map(
      (text) => ({ range: range(text), value: text }),
    );
    const [first, outer, third] = entries;
    expect([...containedEntries(entries)]).toEqual([
      [first, outer],
      [third, outer],
    ]);
  });

  it("are those that any other one holds, whatever the order", () => {
    const address = fc.integer({ min: 0, max: 12 });
    const ranges = fc.array(fc.tuple(address, address), { maxLength: 8 });
    holds(
      fc.property(ranges, (pairs) => {
        const entries = pairs.map(([a, b]) => ({
          range: range(`0.0.0.${Math.min(a, b)}-0.0.0.${Math.max(a, b)}`),
          value: undefined,
        }));
        const contained = containedEntries(entries);
        for (const [index, entry] of entries.entries()) {
          const holders = entries.filter(
            (other, at) =>
              at !== index &&
              rangeContains(other.range, entry.range) &&
              (at < index || !rangeContains(entry.range, other.range)),
          );
          expect(contained.has(entry), formatRange(entry.range)).toBe(holders.length > 0);
          const outer = contained.get(entry);
          if (outer) expect(holders).toContain(outer);
        }
      }),
    );
  });
});
