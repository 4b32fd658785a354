import fc from "fast-check";
import type { Address, Family, AddressRange } from "../../src/ipam/address.js";
import type { Prefix } from "../../src/ipam/prefix.js";
import { addressOfBits, boundsOf, widthOf } from "./bit-model.js";

export const family: fc.Arbitrary<Family> = fc.constantFrom<Family[]>(4, 6);

/** Addresses with many runs of zeros and ones, where mistakes live. */
export const address: fc.Arbitrary<Address> = family.chain((version) => {
  const group = fc.oneof(
    fc.constantFrom("0".repeat(16), "1".repeat(16), `${"0".repeat(15)}1`),
    fc.nat({ max: 0xffff }).map((value) => value.toString(2).padStart(16, "0")),
  );
  const groups = widthOf(version) / 16;
  return fc.array(group, { minLength: groups, maxLength: groups }).map((parts) => addressOfBits(parts.join("")));
});

export const mappedAddress: fc.Arbitrary<Address> = fc
  .nat({ max: 0xffffffff })
  .map((value) => ({ family: 6, value: (0xffffn << 32n) | BigInt(value) }));

/** With host bits in most cases. */
export const prefix: fc.Arbitrary<Prefix> = address.chain((value) =>
  fc.nat({ max: widthOf(value.family) }).map((length) => ({ address: value, length })),
);

/** Ranges of at most 64 addresses at the two ends of each family, so that many of them overlap. */
export const shortRange: fc.Arbitrary<AddressRange> = fc
  .record({ family, top: fc.boolean(), a: fc.nat({ max: 63 }), b: fc.nat({ max: 63 }) })
  .map(({ family, top, a, b }) => {
    const base = top ? (1n << BigInt(widthOf(family))) - 64n : 0n;
    return {
      first: { family, value: base + BigInt(Math.min(a, b)) },
      last: { family, value: base + BigInt(Math.max(a, b)) },
    };
  });

/** Ranges of any size: prefixes, and what lies between two addresses. */
export const range: fc.Arbitrary<AddressRange> = fc.oneof(
  prefix.map((value) => {
    const { first, last } = boundsOf(value);
    return { first: addressOfBits(first), last: addressOfBits(last) };
  }),
  fc.tuple(address, address).map(([a, b]) => {
    const end = b.family === a.family ? b : a;
    return a.value < end.value ? { first: a, last: end } : { first: end, last: a };
  }),
  shortRange,
);

/** Texts that are nearly an address, and some that are one. */
export const addressLike: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.constantFrom("0", "1", "10", "25", "255", "256", "01", "f", "ffff", ".", ".", ":", ":", "::", "%", " "), {
      maxLength: 12,
    })
    .map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom("0", "1", "00", "9", "10", "255", "256", ""), { minLength: 3, maxLength: 5 })
    .map((octets) => octets.join(".")),
  fc
    .array(fc.constantFrom("0", "1", "00a", "ffff", "FFFF", "12345", "", "1.2.3.4"), { minLength: 2, maxLength: 9 })
    .map((groups) => groups.join(":")),
  fc.string({ maxLength: 12 }),
);
