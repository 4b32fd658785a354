import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type AllocationPool,
  allocateSubnets,
  hashKey,
  type SubnetRequest,
} from "../../src/ipam/allocator.js";
import { formatPrefix, maskPrefix, type Prefix, rangeOf } from "../../src/ipam/prefix.js";
import { RangeSet } from "../../src/ipam/range-set.js";
import { family } from "./arbitraries.js";
import { bitsOfAddress, share, widthOf } from "./bit-model.js";
import { holds, seed } from "./property.js";
import { prefixFrom, rangeFrom } from "./texts.js";
import type { AddressRange } from "../../src/ipam/address.js";

const pool = (prefix: string, length: number): AllocationPool => ({ prefix: prefixFrom(prefix), length });
const setOf = (ranges: readonly AddressRange[]) => new RangeSet(ranges.map((range) => ({ range, value: undefined })));
const requests = (...keys: string[]) => keys.map((key): SubnetRequest => ({ key, family: 4 }));
const shown = (allocations: readonly Allocation[]) =>
  allocations.map((each) => (each.ok ? formatPrefix(each.subnet) : each.fault.reason));

describe("hashKey", () => {
  it.each([
    ["", 0xab3e7c0b],
    ["a", 0x1a80b1b3],
    ["foobar", 0x0c0da6dc],
    ["acme-shop/shop/back", 0x41962c6a],
    ["acme-shop/shop/default", 0x67a535c5],
    ["bücher/網路", 0xb5f34227],
  ])("gives %j the number it always had", (key, hash) => {
    expect(hashKey(key)).toBe(hash);
  });

  it(`is a whole number of 32 bits, the one that arithmetic without wrapping gives (seed ${seed})`, () => {
    holds(
      fc.property(fc.string({ unit: "binary" }), (key) => {
        expect(hashKey(key)).toBe(slowHash(key));
      }),
    );
  });

  it("spreads keys that differ in one letter over the whole pool", () => {
    const sixteenths = new Set(Array.from({ length: 100 }, (_, place) => hashKey(`shop/net${place}`) >>> 28));
    expect(sixteenths.size).toBe(16);
  });
});

describe("allocateSubnets", () => {
  const pools = [pool("10.201.0.0/16", 24)];

  it("gives the subnet that the hash of the key names", () => {
    const [allocation] = allocateSubnets({ requests: requests("acme-shop/shop/back"), pools, taken: [] });
    // 0x41962c6a mod 256 = 0x6a = 106
    expect(allocation).toEqual({ ok: true, subnet: prefixFrom("10.201.106.0/24") });
  });

  it("answers nothing when nothing is asked", () => {
    expect(allocateSubnets({ requests: [], pools, taken: [] })).toEqual([]);
  });

  it("gives the next free subnet when the wanted one is taken, even by one address", () => {
    const taken = [setOf([rangeFrom("10.201.106.7/32")]), setOf([rangeFrom("10.201.107.200-10.201.109.3")])];
    expect(shown(allocateSubnets({ requests: requests("acme-shop/shop/back"), pools, taken }))).toEqual([
      "10.201.110.0/24",
    ]);
  });

  it("goes on at the start of the pool when the end is taken", () => {
    const taken = [setOf([rangeFrom("10.201.106.0-10.201.255.255"), rangeFrom("10.201.0.0/24")])];
    expect(shown(allocateSubnets({ requests: requests("acme-shop/shop/back"), pools, taken }))).toEqual([
      "10.201.1.0/24",
    ]);
  });

  it("gives the wanted subnet to the first of two that want it, and the next to the other", () => {
    expect(shown(allocateSubnets({ requests: requests("same", "same", "same"), pools, taken: [] }))).toEqual(
      [0, 1, 2].map((place) => `10.201.${(hashKey("same") + place) % 256}.0/24`),
    );
  });

  it("lets nobody who must move take what a later request wants", () => {
    // "k" is asked for twice; the second must move to the slot that the third request wants.
    const wanted = hashKey("k") % 256;
    const neighbour = Array.from({ length: 5000 }, (_, place) => `n${place}`).find(
      (key) => hashKey(key) % 256 === (wanted + 1) % 256,
    );
    expect(shown(allocateSubnets({ requests: requests("k", "k", `${neighbour}`), pools, taken: [] }))).toEqual(
      [0, 2, 1].map((step) => `10.201.${(wanted + step) % 256}.0/24`),
    );
  });

  it("goes to the next pool of the family when one is full, and says so when all are", () => {
    const small = [pool("10.201.0.0/24", 24), pool("fd00::/64", 64), pool("10.202.0.0/23", 24)];
    const allocations = allocateSubnets({ requests: requests("a", "b", "c", "d"), pools: small, taken: [] });
    expect(shown(allocations.slice(0, 1))).toEqual(["10.201.0.0/24"]);
    expect(shown(allocations.slice(1, 3)).toSorted()).toEqual(["10.202.0.0/24", "10.202.1.0/24"]);
    expect(allocations[3]).toEqual({
      ok: false,
      fault: {
        kind: "full",
        pools: [
          { pool: small[0], subnets: 1n },
          { pool: small[2], subnets: 2n },
        ],
        reason:
          "10.201.0.0/24 is full (1 of 1 subnets of /24 taken), and 10.202.0.0/23 is full (2 of 2 subnets of /24 taken)",
      },
    });
  });

  it("says so when there is no pool of the family", () => {
    const [allocation] = allocateSubnets({ requests: [{ key: "a", family: 6 }], pools, taken: [] });
    expect(allocation).toEqual({
      ok: false,
      fault: { kind: "no-pool", pools: [], reason: "no IPv6 pool is declared" },
    });
  });

  it("passes over a pool that has no room for its subnets", () => {
    const tooSmall = pool("10.200.0.0/24", 16);
    const roomy = pool("10.201.0.0/16", 24);
    expect(shown(allocateSubnets({ requests: requests("a"), pools: [tooSmall, roomy], taken: [] }))).toEqual([
      `10.201.${hashKey("a") % 256}.0/24`,
    ]);
    expect(shown(allocateSubnets({ requests: requests("a"), pools: [tooSmall], taken: [] }))).toEqual([
      "10.200.0.0/24 holds no /16",
    ]);
  });

  it("keeps subnets apart whose pools lie inside each other", () => {
    const nested = [pool("10.201.0.0/30", 32), pool("10.201.0.0/29", 31), pool("10.201.0.0/29", 32)];
    const allocations = allocateSubnets({
      requests: requests(..."abcdefgh".split("")),
      pools: nested,
      taken: [setOf([])],
    });
    // Four /32 of the first pool, two /31 of the second: the third has nothing left.
    expect(allocations.filter(({ ok }) => ok)).toHaveLength(6);
    expect(overlaps(allocations.flatMap((each) => (each.ok ? [rangeOf(each.subnet)] : [])))).toEqual([]);
  });

  it("steps over a range that holds 2^55 subnets at once, and over all subnets already given", () => {
    const many = Array.from({ length: 500 }, (_, place): SubnetRequest => ({ key: `net${place}`, family: 6 }));
    const allocations = allocateSubnets({
      requests: many,
      pools: [pool("fd00::/8", 64)],
      taken: [setOf([rangeFrom("fd00::/9")])],
    });
    expect(shown(allocations)).toEqual(many.map((_, place) => formatPrefix(slotOf64("fd80::/9", place))));
  });

  it("sees at once that a pool of 2^56 subnets is full", () => {
    const [allocation] = allocateSubnets({
      requests: [{ key: "a", family: 6 }],
      pools: [pool("fd00::/8", 64)],
      taken: [setOf([rangeFrom("fc00::/7")])],
    });
    expect(allocation?.ok === false && allocation.fault.reason).toBe(
      "fd00::/8 is full (72057594037927936 of 72057594037927936 subnets of /64 taken)",
    );
  });
});

describe(`any allocation (seed ${seed})`, () => {
  const key = fc.nat({ max: 40 }).map((place) => `shop/net${place}`);
  const request: fc.Arbitrary<SubnetRequest> = fc.record({ key, family });
  /** Pools of at most 32 subnets, all inside 256 addresses, so that they overlap and fill up. */
  const smallPool: fc.Arbitrary<AllocationPool> = fc
    .record({ family, offset: fc.nat({ max: 255 }), host: fc.integer({ min: 2, max: 8 }), more: fc.nat({ max: 5 }) })
    .map(({ family, offset, host, more }) => {
      const length = widthOf(family) - host;
      const prefix = { address: { family, value: BigInt(offset) }, length };
      return { prefix, length: Math.min(length + more, widthOf(family)) };
    });
  const takenRange: fc.Arbitrary<AddressRange> = fc
    .record({ family, offset: fc.nat({ max: 255 }), extra: fc.nat({ max: 20 }) })
    .map(({ family, offset, extra }) => ({
      first: { family, value: BigInt(offset) },
      last: { family, value: BigInt(offset + extra) },
    }));
  const scene = fc.record({
    requests: fc.array(request, { maxLength: 24, size: "max" }),
    pools: fc.array(smallPool, { maxLength: 4 }),
    taken: fc.array(takenRange, { maxLength: 6 }),
  });

  it("is what trying every subnet by its number gives", () => {
    holds(
      fc.property(scene, ({ requests, pools, taken }) => {
        const allocations = allocateSubnets({ requests, pools, taken: [setOf(taken)] });
        expect(allocations.map((each) => (each.ok ? each.subnet : undefined))).toEqual(
          allocateSlowly(requests, pools, taken),
        );
      }),
      1000,
    );
  });

  it("lies in a pool of its family, and overlaps neither another one nor what is taken", () => {
    holds(
      fc.property(scene, ({ requests, pools, taken }) => {
        const allocations = allocateSubnets({ requests, pools, taken: taken.map((range) => setOf([range])) });
        const subnets = allocations.flatMap((each) => (each.ok ? [each.subnet] : []));
        expect(overlaps(subnets.map(rangeOf))).toEqual([]);
        expect(subnets.filter((subnet) => taken.some((each) => share(each, rangeOf(subnet))))).toEqual([]);
        for (const [place, allocation] of allocations.entries()) {
          if (!allocation.ok) continue;
          const { subnet } = allocation;
          const home = pools.find(
            ({ prefix, length }) =>
              length === subnet.length &&
              prefix.address.family === requests[place]?.family &&
              bitsOfAddress(subnet.address).startsWith(bitsOfAddress(prefix.address).slice(0, prefix.length)),
          );
          expect(home).toBeDefined();
        }
      }),
    );
  });

  it("stays the same for the others, whichever of the subnets are written down first", () => {
    holds(
      fc.property(scene, fc.infiniteStream(fc.boolean()), ({ requests, pools, taken }, coin) => {
        const before = allocateSubnets({ requests, pools, taken: [setOf(taken)] });
        const written = before.map(({ ok }) => ok && coin.next().value === true);
        const ranges = before.flatMap((each, place) => (each.ok && written[place] ? [rangeOf(each.subnet)] : []));
        const others = requests.filter((_, place) => !written[place]);
        const after = allocateSubnets({ requests: others, pools, taken: [setOf(taken), setOf(ranges)] });
        expect(after).toEqual(before.filter((_, place) => !written[place]));
      }),
      2000,
    );
  });

  it("does not depend on how the taken ranges are ordered or divided into sets", () => {
    holds(
      fc.property(scene, ({ requests, pools, taken }) => {
        const together = allocateSubnets({ requests, pools, taken: [setOf(taken)] });
        const apart = allocateSubnets({ requests, pools, taken: taken.toReversed().map((range) => setOf([range])) });
        expect(apart).toEqual(together);
      }),
    );
  });
});

/** The two phases, with every subnet of every pool written out and looked at. */
function allocateSlowly(
  requests: readonly SubnetRequest[],
  pools: readonly AllocationPool[],
  taken: readonly AddressRange[],
): (Prefix | undefined)[] {
  const used = [...taken];
  const take = (subnet: Prefix | undefined): Prefix | undefined => {
    if (!subnet || used.some((each) => share(each, rangeOf(subnet)))) return undefined;
    used.push(rangeOf(subnet));
    return subnet;
  };
  const around = (key: string, { prefix, length }: AllocationPool): Prefix[] => {
    const { family, value } = maskPrefix(prefix).address;
    const size = 2n ** BigInt(widthOf(family) - length);
    const subnets = Array.from({ length: 2 ** (length - prefix.length) }, (_, slot): Prefix => {
      return { address: { family, value: value + BigInt(slot) * size }, length };
    });
    const wanted = hashKey(key) % subnets.length;
    return [...subnets.slice(wanted), ...subnets.slice(0, wanted)];
  };
  const poolsOf = ({ family }: SubnetRequest) => pools.filter(({ prefix }) => prefix.address.family === family);

  const wanted = requests.map((request) => {
    const [preferred] = poolsOf(request);
    return take(preferred && around(request.key, preferred)[0]);
  });
  return requests.map((request, place) => {
    if (wanted[place]) return wanted[place];
    for (const pool of poolsOf(request)) {
      for (const subnet of around(request.key, pool)) {
        const given = take(subnet);
        if (given) return given;
      }
    }
    return undefined;
  });
}

function overlaps(ranges: readonly AddressRange[]): [AddressRange, AddressRange][] {
  return ranges.flatMap((a, place) =>
    ranges.slice(place + 1).flatMap((b): [AddressRange, AddressRange][] => (share(a, b) ? [[a, b]] : [])),
  );
}

function slotOf64(base: string, slot: number): Prefix {
  const { address } = prefixFrom(base);
  return { address: { ...address, value: address.value + (BigInt(slot) << 64n) }, length: 64 };
}

function slowHash(key: string): number {
  const word = (value: bigint) => value % 2n ** 32n;
  let hash = 2166136261n;
  for (const byte of Buffer.from(key, "utf8")) hash = word((hash ^ BigInt(byte)) * 16777619n);
  hash = word((hash ^ (hash / 2n ** 16n)) * 2246822507n);
  hash = word((hash ^ (hash / 2n ** 13n)) * 3266489909n);
  return Number(hash ^ (hash / 2n ** 16n));
}
