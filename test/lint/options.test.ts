import { describe, expect, it } from "vitest";

import {
  blocks,
  bounds,
  defaultsOf,
  faultsOfOptions,
  flag,
  integer,
  oneOf,
  readOptions,
  schemaOf,
  someOf,
} from "../../src/lint/options.js";
import { formatPrefix } from "../../src/ipam/prefix.js";

const SHAPES = {
  strict: flag(false, "Whether."),
  when: oneOf(["always", "unsafe"], "When."),
  scope: oneOf(["project", "workspace"], "Where.", "workspace"),
  families: someOf(["ipv4", "ipv6"], "Which."),
  largest: integer({ fallback: 16, minimum: 0, maximum: 30 }, "How large."),
  allow: blocks(["10.0.0.0/8"], "Where all the same."),
  engine: bounds(["27", "28", "29"], "Which."),
};

function read(given: unknown) {
  const { allow, ...others } = readOptions(SHAPES, given);
  return { ...others, allow: allow.map(formatPrefix) };
}

const DEFAULTS = {
  strict: false,
  when: "always",
  scope: "workspace",
  families: ["ipv4", "ipv6"],
  largest: 16,
  allow: ["10.0.0.0/8"],
  engine: {},
};

describe("the options of a rule", () => {
  it("have their defaults where nothing is written", () => {
    expect(read(undefined)).toEqual(DEFAULTS);
    expect(read({})).toEqual(DEFAULTS);
    expect(defaultsOf(SHAPES)).toEqual(DEFAULTS);
  });

  it.each([
    [{ strict: true }, { strict: true }],
    [{ when: "unsafe" }, { when: "unsafe" }],
    [{ families: ["ipv6"] }, { families: ["ipv6"] }],
    [{ largest: 0 }, { largest: 0 }],
    [{ allow: [] }, { allow: [] }],
    [{ allow: ["fd00::/8", "1.2.3.4/99"] }, { allow: ["fd00::/8"] }],
    [{ engine: { min: "27" } }, { engine: { min: "27" } }],
    [{ engine: { min: "27", max: "28" } }, { engine: { min: "27", max: "28" } }],
  ])("are read as written: %j", (given, expected) => {
    expect(faultsOfOptions(SHAPES, given)).toEqual([]);
    expect(read(given)).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each([
    [{ strict: "yes" }, '"yes" is not a valid "strict"; write true or false'],
    [{ when: "never" }, '"never" is not a valid "when"; write one of "always", "unsafe"'],
    [{ when: "unsave" }, '"unsave" is not a valid "when"; did you mean "unsafe"?'],
    [{ families: [] }, '[] is not a valid "families"; write a list with some of "ipv4", "ipv6"'],
    [
      { families: ["ipv4", "ipv4"] },
      '["ipv4","ipv4"] is not a valid "families"; write a list with some of "ipv4", "ipv6"',
    ],
    [{ families: ["ipv5"] }, '["ipv5"] is not a valid "families"; write a list with some of "ipv4", "ipv6"'],
    [{ families: "ipv4" }, '"ipv4" is not a valid "families"; write a list with some of "ipv4", "ipv6"'],
    [{ largest: 31 }, '31 is not a valid "largest"; write a whole number from 0 to 30'],
    [{ largest: -1 }, '-1 is not a valid "largest"; write a whole number from 0 to 30'],
    [{ largest: 1.5 }, '1.5 is not a valid "largest"; write a whole number from 0 to 30'],
    [{ allow: ["10.0.0.0"] }, '["10.0.0.0"] is not a valid "allow"; write a list of CIDR blocks'],
    [{ allow: [10] }, '[10] is not a valid "allow"; write a list of CIDR blocks'],
    [{ engine: { min: "26" } }, '{"min":"26"} is not a valid "engine"; write an object with min and max'],
    [{ engine: { least: "27" } }, '{"least":"27"} is not a valid "engine"; write an object with min and max'],
    [{ engine: "27" }, '"27" is not a valid "engine"; write an object with min and max'],
    [{ other: 1 }, 'it has no option "other"; its options are strict, when, scope, families, largest, allow, engine'],
    [{ famlies: ["ipv4"] }, 'it has no option "famlies"; did you mean "families"?'],
    [[], "its options are not an object"],
    [null, "its options are not an object"],
  ])("are refused with the reason, and then the defaults hold: %j", (given, fault) => {
    expect(faultsOfOptions(SHAPES, given).map(({ message }) => message)).toEqual([fault]);
    expect(read(given)).toEqual(DEFAULTS);
  });

  it("are none for a rule that has none", () => {
    expect(schemaOf(undefined)).toEqual([]);
    expect(faultsOfOptions(undefined, {})).toEqual([{ message: "it has no options" }]);
  });

  it("have a description each in the schema, and no others are allowed", () => {
    expect(schemaOf({ strict: SHAPES.strict, largest: SHAPES.largest })).toEqual([
      {
        type: "object",
        additionalProperties: false,
        properties: {
          strict: { type: "boolean", description: "Whether." },
          largest: { type: "integer", minimum: 0, maximum: 30, description: "How large." },
        },
      },
    ]);
  });
});
