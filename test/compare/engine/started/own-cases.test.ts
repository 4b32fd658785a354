import { expect, it } from "vitest";

import { compareRecorded } from "./compare-started.js";
import { readStartedCases } from "./started-case.js";

const CASES = `${import.meta.dirname}/own-cases.json`;

/**
 * Projects of our own, each with what engine 28.5.2 and Compose 2.40.3 made of it when its containers were started.
 * `npm run compare:engine -- --cases test/compare/engine/started/own-cases.json` asks them again.
 */
it("says of each project what the engine made of it", async () => {
  const results = await compareRecorded(readStartedCases(CASES), "28");
  expect(results.length).toBeGreaterThan(800);
  expect(results.filter(({ judgement }) => judgement !== "agreement")).toEqual([]);
});
