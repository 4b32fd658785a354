import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Family } from "../../src/ipam/address.js";
import { bitsOf, formatPrefix, maskPrefix, type Prefix, rangeOf } from "../../src/ipam/prefix.js";
import { BUILTIN_NAMES } from "../../src/policy/builtin-lists.js";
import { enforcedRanges } from "../../src/policy/enforcement.js";
import { forbiddenRangesSchema } from "../../src/policy/schema/json-schema.js";
import { loadPolicy } from "../../src/policy/load-policy.js";
import { formatLocation, sourceText } from "../../src/policy/source-text.js";
import { isValid } from "./schema/draft-07.js";
import { faultsOf, loaded, POLICY } from "./faults-of.js";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
console.info(`policy properties: FC_SEED=${seed}`);

const family = fc.constantFrom<Family>(4, 6);

const subnet = (
  of: fc.Arbitrary<Family>,
  shortest: number,
  longest: (family: Family) => number,
): fc.Arbitrary<Prefix> =>
  of.chain((version) =>
    fc
      .record({
        value: fc.bigInt({ min: 0n, max: (1n << BigInt(bitsOf(version))) - 1n }),
        length: fc.integer({ min: shortest, max: longest(version) }),
      })
      .map(({ value, length }) => maskPrefix({ address: { family: version, value }, length })),
  );

const block = subnet(family, 0, bitsOf).map(formatPrefix);
const date = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const words = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => /\S/.test(text));
const file = fc.constantFrom("compose.yaml", "apps/shop/compose.yaml", "**/compose.*", "a b/ü.yml");

const forbidden = fc.oneof(
  block,
  fc.record(
    {
      cidr: fc.oneof(block, fc.array(block, { minLength: 1, maxLength: 4 })),
      name: words,
      reason: words,
      owner: words,
      severity: fc.constantFrom("error", "warn", "off"),
      until: date,
      source: words,
    },
    { requiredKeys: ["cidr"] },
  ),
);

const pool = subnet(family, 0, (version) => (version === 4 ? 30 : 126)).chain((prefix) => {
  const shortest = Math.max(prefix.length, prefix.address.family === 4 ? 1 : 64);
  const longest = prefix.address.family === 4 ? 30 : 126;
  return fc.record({ cidr: fc.constant(formatPrefix(prefix)), prefix: fc.integer({ min: shortest, max: longest }) });
});

const daemonPool = subnet(family, 0, bitsOf).chain((prefix) =>
  fc.record({
    base: fc.constant(formatPrefix(prefix)),
    size: fc.integer({ min: prefix.length, max: bitsOf(prefix.address.family) }),
  }),
);

const policy = fc.record(
  {
    version: fc.constant(1),
    id: words,
    extends: fc.array(fc.constantFrom(...BUILTIN_NAMES.map((name) => `builtin:${name}`)), { maxLength: 3 }),
    forbidden: fc.array(forbidden, { maxLength: 6 }),
    pools: fc.array(pool, { maxLength: 3 }),
    allow: fc.array(
      fc.record(
        { file, network: words, cidr: block, reason: words, expires: date },
        { requiredKeys: ["file", "reason"] },
      ),
      { maxLength: 3 },
    ),
    docker: fc.record(
      { bip: block, "default-address-pools": fc.array(daemonPool, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["version"] },
);

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void =>
  fc.assert(fc.property(arbitrary, check), { seed, numRuns: 200 });

describe(`every valid policy (seed ${seed})`, () => {
  it("loads from block style, flow style and JSON", () => {
    property(policy, (value) => {
      expect(faultsOf(stringify(value))).toEqual([]);
      expect(faultsOf(stringify(value, { collectionStyle: "flow" }))).toEqual([]);
      expect(faultsOf(JSON.stringify(value, null, "\t"), {}, "forbidden-ranges.json")).toEqual([]);
    });
  });

  it("is valid under the JSON Schema", () => {
    const schema = forbiddenRangesSchema();
    property(policy, (value) => {
      expect(isValid(schema, value)).toBe(true);
    });
  });

  it("keeps its pools and exceptions, one for one", () => {
    property(policy, (value) => {
      const read = loaded({ [POLICY]: stringify(value) });
      expect(read.pools.map(({ prefix, length }) => ({ cidr: formatPrefix(prefix), prefix: length }))).toEqual(
        value.pools ?? [],
      );
      expect(read.allow.map(({ reason }) => reason)).toEqual((value.allow ?? []).map(({ reason }) => reason));
    });
  });
});

describe(`every damaged policy (seed ${seed})`, () => {
  const damage = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 12 }),
    insert: fc.oneof(
      fc.constantFrom("", "\n", "\t", "- ", ": ", "[", "}", '"', "&a ", "*a", "!!set ", "---\n", "~", "\r", "#"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
  });

  it("loads or has faults that lie within its text, on the lines that they name", () => {
    property(fc.tuple(policy, fc.array(damage, { minLength: 1, maxLength: 3 })), ([value, damages]) => {
      const text = damages.reduce((whole, { at, cut, insert }) => {
        const offset = Math.floor(at * whole.length);
        return whole.slice(0, offset) + insert + whole.slice(offset + cut);
      }, stringify(value));
      const result = loadPolicy(POLICY, { read: (path) => (path === POLICY ? text : undefined) });
      const seen = sourceText("", text).text;
      for (const { line, column, endLine, endColumn, range, message } of result.ok ? [] : result.fault) {
        const [start, end] = range;
        expect(message).not.toBe("");
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(seen.length);
        expect([line, column]).toEqual(positionIn(seen, start));
        expect([endLine, endColumn]).toEqual(positionIn(seen, end));
      }
    });
  });

  function positionIn(text: string, offset: number): [line: number, column: number] {
    const lines = text.slice(0, offset).split("\n");
    return [lines.length, (lines.at(-1) ?? "").length + 1];
  }
});

describe(`every forbidden block (seed ${seed})`, () => {
  const prefix = subnet(family, 0, bitsOf);

  it("is enforced from the short form, the long form and a plain list alike", () => {
    property(fc.array(prefix, { minLength: 1, maxLength: 8 }), (prefixes) => {
      const blocks = prefixes.map(formatPrefix);
      const short = loaded({ [POLICY]: stringify({ version: 1, forbidden: blocks }) });
      const long = loaded({ [POLICY]: stringify({ version: 1, forbidden: [{ cidr: blocks }] }) });
      const plain = loaded({ "list.txt": blocks.join("\r\n") }, "list.txt");
      for (const asked of prefixes) {
        const hits = [short, long, plain].map((read) =>
          enforcedRanges(read, "2027-01-01")
            .overlapping(rangeOf(asked))
            .map(({ written }) => written),
        );
        expect(hits[0]).toContain(formatPrefix(asked));
        expect(hits[1]).toEqual(hits[0]);
        expect(hits[2]).toEqual(hits[0]);
      }
    });
  });

  it("has the place of its own characters", () => {
    property(fc.uniqueArray(prefix.map(formatPrefix), { minLength: 1, maxLength: 8 }), (blocks) => {
      const text = stringify({ version: 1, forbidden: blocks });
      const lines = text.split("\n");
      for (const { written, location } of loaded({ [POLICY]: text }).forbidden) {
        expect(lines[location.line - 1]?.slice(location.column - 1)).toContain(written);
        expect(text.slice(...location.range)).toContain(written);
        expect(formatLocation(location)).toBe(`${POLICY}:${location.line}:${location.column}`);
      }
    });
  });
});
