import { describe, expect, it } from "vitest";
import { poolsOfEngines, profileOf, since, until, withDefaultSubnetSize } from "../../../src/compose/engine/profile.js";
import { ENGINE_RELEASES } from "../../../src/compose/engine/releases.js";
import { countCandidates } from "../../../src/ipam/docker-pools.js";

describe("the profile of an engine", () => {
  it.each(ENGINE_RELEASES)("%s has 31 subnets for networks without one", (release) => {
    expect(countCandidates(profileOf(release).pools)).toBe(31n);
    expect(countCandidates(poolsOfEngines({ min: release, max: "29" }))).toBe(31n);
  });

  it.each([
    ["20.10.24", "any"],
    ["26.1.5", "any"],
    ["27.0.1", "lowest"],
    ["28.5.2+dfsg1", "lowest"],
    ["29.7.2", "lowest"],
    ["newer", "any"],
    [undefined, "any"],
  ])("%s gives out the free subnets in this order: %s", (release, order) => {
    expect(profileOf(release).order).toBe(order);
  });

  it("with the size that is proposed for release 30 has thousands, and no release has it", () => {
    const proposed = withDefaultSubnetSize(profileOf("29"));
    expect(countCandidates(proposed.pools)).toBe(15n * 256n + 256n);
    expect(countCandidates(withDefaultSubnetSize(profileOf("29"), 12).pools)).toBe(7n);
    for (const release of ENGINE_RELEASES) expect(profileOf(release).pools).not.toEqual(proposed.pools);
  });

  it("names the releases with a change, and those before it", () => {
    expect(since("lansWithoutGateway")).toEqual({ from: "29" });
    expect(until("addressesOnAutomatic")).toEqual({ before: "29.1" });
  });
});
