import { describe, expect, it } from "vitest";
import { both, includesAll, includesAny, type Engines } from "../../../src/compose/engine/releases.js";

const CURRENT = { min: "28", max: "29" } as const;

describe("releases of the engine", () => {
  it.each<[Engines, boolean, boolean]>([
    [{}, true, true],
    [{ from: "25" }, true, true],
    [{ from: "29" }, true, false],
    [{ before: "29" }, true, false],
    [{ before: "29.1" }, true, false],
    [{ before: "28" }, false, false],
    [{ from: "20.10", before: "23" }, false, false],
  ])("%o: some of 28 and 29 are %s, all of them %s", (engines, some, all) => {
    expect(includesAny(engines, CURRENT)).toBe(some);
    expect(includesAll(engines, CURRENT)).toBe(all);
  });

  it.each<[Engines, Engines, Engines | undefined]>([
    [{}, {}, {}],
    [{ before: "28" }, { before: "29" }, { before: "28" }],
    [{ from: "25" }, { from: "20.10", before: "28" }, { from: "25", before: "28" }],
    [{ from: "28" }, { before: "28" }, undefined],
    [{ before: "29.1" }, { from: "29" }, { from: "29", before: "29.1" }],
  ])("that are both %o and %o", (one, other, shared) => {
    expect(both(one, other)).toEqual(shared);
    expect(both(other, one)).toEqual(shared);
  });
});
