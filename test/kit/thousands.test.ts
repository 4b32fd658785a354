import { expect, it } from "vitest";

import { thousands } from "../../src/kit/thousands.js";

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [65_536, "65,536"],
  [4_294_967_296, "4,294,967,296"],
])("%d is written with commas", (count, text) => {
  expect(thousands(count)).toBe(text);
});
