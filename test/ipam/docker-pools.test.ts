import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AddressPool,
  candidateSubnets,
  countCandidates,
  DOCKER_DEFAULT_POOLS,
  DOCKER_OVERLAY_POOLS,
  effectivePools,
  unsafeCandidates,
} from "../../src/ipam/docker-pools.js";
import { formatPrefix, rangeOf } from "../../src/ipam/prefix.js";
import { RangeSet } from "../../src/ipam/range-set.js";
import { range } from "./arbitraries.js";
import { bitsOfAddress, share } from "./bit-model.js";
import { holds, seed } from "./property.js";
import { prefixFrom, rangeFrom } from "./texts.js";

const pool = (base: string, size: number): AddressPool => ({ base: prefixFrom(base), size });
const forbid = (...texts: string[]) => new RangeSet(texts.map((text) => ({ range: rangeFrom(text), value: text })));
const texts = (pools: readonly AddressPool[], limit?: number) => candidateSubnets(pools, limit).map(formatPrefix);

describe("Docker's default pools", () => {
  it("hold the 31 subnets that Docker chooses from, in ascending order", () => {
    expect(texts(DOCKER_DEFAULT_POOLS)).toEqual([
      ...Array.from({ length: 15 }, (_, place) => `172.${17 + place}.0.0/16`),
      ...Array.from({ length: 16 }, (_, place) => `192.168.${16 * place}.0/20`),
    ]);
    expect(countCandidates(DOCKER_DEFAULT_POOLS)).toBe(31n);
  });

  it("hold 65,536 subnets for overlay networks", () => {
    const candidates = texts(DOCKER_OVERLAY_POOLS);
    expect(candidates).toHaveLength(65_536);
    expect([candidates[0], candidates[256], candidates.at(-1)]).toEqual([
      "10.0.0.0/24",
      "10.1.0.0/24",
      "10.255.255.0/24",
    ]);
    expect(countCandidates(DOCKER_OVERLAY_POOLS)).toBe(65_536n);
  });
});

describe("candidateSubnets", () => {
  it("sorts the pools by base, IPv4 first, as Engine 27 does", () => {
    const pools = [pool("fd00::/63", 64), pool("192.168.100.0/25", 26), pool("10.200.0.0/23", 24)];
    expect(texts(pools)).toEqual([
      "10.200.0.0/24",
      "10.200.1.0/24",
      "192.168.100.0/26",
      "192.168.100.64/26",
      "fd00::/64",
      "fd00:0:0:1::/64",
    ]);
  });

  it("drops a base that lies inside a shorter one, and one that is given twice", () => {
    const pools = [pool("10.0.1.0/24", 25), pool("10.0.0.0/24", 24), pool("10.0.0.0/22", 23), pool("10.0.0.0/22", 24)];
    expect(effectivePools(pools).map(({ base, size }) => [formatPrefix(base), size])).toEqual([["10.0.0.0/22", 23]]);
  });

  it("clears the host bits of a base", () => {
    expect(texts([pool("10.200.7.9/23", 24)])).toEqual(["10.200.6.0/24", "10.200.7.0/24"]);
  });

  it("has none for a pool whose subnets would be larger than its base, or longer than an address", () => {
    const pools = [pool("10.200.0.0/16", 8), pool("10.201.0.0/16", 40)];
    expect(texts(pools)).toEqual([]);
    expect(countCandidates(pools)).toBe(0n);
    expect(unsafeCandidates(pools, forbid("10.0.0.0/8"))).toEqual({ total: 0n, unsafe: 0n });
  });

  it("stops at the limit, and counts what it does not make", () => {
    expect(texts([pool("fd00::/48", 128)], 2)).toEqual(["fd00::/128", "fd00::1/128"]);
    expect(countCandidates([pool("fd00::/48", 128)])).toBe(1n << 80n);
  });
});

describe("unsafeCandidates", () => {
  it("finds none when nothing forbidden is near", () => {
    expect(unsafeCandidates(DOCKER_DEFAULT_POOLS, forbid("10.0.0.0/8", "::/0"))).toEqual({ total: 31n, unsafe: 0n });
  });

  it("counts a candidate once, however many forbidden ranges it overlaps, and names the lowest", () => {
    const forbidden = forbid("192.168.0.0/24", "192.168.7.0/24", "172.31.4.0/24", "172.30.255.0-172.31.0.255");
    expect(unsafeCandidates(DOCKER_DEFAULT_POOLS, forbidden)).toEqual({
      total: 31n,
      unsafe: 3n,
      first: { candidate: prefixFrom("172.30.0.0/16"), hit: "172.30.255.0-172.31.0.255" },
    });
  });

  it("names the range that begins first when several overlap the lowest candidate", () => {
    const { first } = unsafeCandidates(DOCKER_DEFAULT_POOLS, forbid("172.17.9.0/24", "172.0.0.0/8", "172.17.0.0/24"));
    expect(first).toEqual({ candidate: prefixFrom("172.17.0.0/16"), hit: "172.0.0.0/8" });
  });

  it("is exact for a pool of 2^80 candidates", () => {
    const pools = [pool("fd00::/48", 128)];
    expect(unsafeCandidates(pools, forbid("fd00::/49"))).toEqual({
      total: 1n << 80n,
      unsafe: 1n << 79n,
      first: { candidate: prefixFrom("fd00::/128"), hit: "fd00::/49" },
    });
  });

  it(`counts what a look at each candidate would (seed ${seed})`, () => {
    const offset = fc.nat({ max: 1023 });
    const pools = fc.array(
      fc
        .record({ offset, length: fc.integer({ min: 20, max: 32 }), more: fc.nat({ max: 6 }) })
        .map(({ offset, length, more }): AddressPool => {
          return { base: { address: { family: 4, value: BigInt(offset) }, length }, size: Math.min(length + more, 32) };
        }),
      { maxLength: 4 },
    );
    const nearby = fc.tuple(offset, fc.nat({ max: 40 })).map(([start, extra]) => ({
      first: { family: 4 as const, value: BigInt(start) },
      last: { family: 4 as const, value: BigInt(start + extra) },
    }));
    holds(
      fc.property(pools, fc.array(fc.oneof(nearby, nearby, range), { maxLength: 8 }), (pools, forbidden) => {
        const candidates = candidateSubnets(pools);
        const unsafe = candidates.filter((candidate) => forbidden.some((each) => share(each, rangeOf(candidate))));
        const answer = unsafeCandidates(pools, new RangeSet(forbidden.map((each) => ({ range: each, value: each }))));
        expect(answer.total).toBe(BigInt(candidates.length));
        expect(answer.unsafe).toBe(BigInt(unsafe.length));
        expect(answer.first?.candidate).toEqual(unsafe[0]);
        expect(answer.first === undefined || share(answer.first.hit, rangeOf(answer.first.candidate))).toBe(true);
      }),
      500,
    );
  });

  it(`makes candidates that ascend, do not overlap and fill their pools (seed ${seed})`, () => {
    const pools = fc.array(
      fc.record({ byte: fc.nat({ max: 255 }), length: fc.integer({ min: 22, max: 28 }), more: fc.nat({ max: 4 }) }),
      { maxLength: 5 },
    );
    holds(
      fc.property(pools, (described) => {
        const made = described.map(({ byte, length, more }): AddressPool => {
          return { base: { address: { family: 4, value: BigInt(byte * 64) }, length }, size: length + more };
        });
        const ranges = candidateSubnets(made).map(rangeOf);
        for (const [place, each] of ranges.entries()) {
          const next = ranges[place + 1];
          if (next) expect(bitsOfAddress(each.last) < bitsOfAddress(next.first)).toBe(true);
        }
        const covered = ranges.reduce((sum, { first, last }) => sum + last.value - first.value + 1n, 0n);
        const addresses = new Set(
          made
            .flatMap(({ base, size }) => candidateSubnets([{ base, size }]).map(rangeOf))
            .flatMap(({ first, last }) =>
              Array.from({ length: Number(last.value - first.value) + 1 }, (_, place) => Number(first.value) + place),
            ),
        );
        expect(covered).toBe(BigInt(addresses.size));
      }),
      60,
    );
  });
});
