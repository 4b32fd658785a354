import { describe, expect, it } from "vitest";

import type { Answer } from "./ask.js";
import { handMadeCases } from "./hand-made-cases.js";
import { judge } from "./judge.js";
import { refusalsBy } from "./our-verdict.js";
import { RECORDED_29 } from "./recorded-29.js";

const CREATED: Answer = { kind: "created" };
const HOST_BITS: Answer = { kind: "refused", message: "invalid subnet 10.7.0.5/24: it should be 10.7.0.0/24" };

describe("the judge of engines", () => {
  it("calls it a miss when only the engine refuses", () => {
    expect(judge([], HOST_BITS).kind).toBe("miss");
  });

  it("calls it a false alarm when only we refuse", () => {
    expect(judge(["hostBits"], CREATED).kind).toBe("false alarm");
  });

  it("agrees when both refuse for the same reason, and only then", () => {
    expect(judge(["outside", "hostBits"], HOST_BITS).kind).toBe("agreement");
    expect(judge(["outside"], HOST_BITS).kind).toBe("other reason");
  });

  it("takes a driver that the kernel lacks for addresses that are right", () => {
    expect(judge([], { kind: "refused", message: "operation not supported" }).kind).toBe("agreement");
  });
});

describe("what we say of Docker Engine 29", () => {
  it.each(RECORDED_29.map(({ definition, answer }) => [JSON.stringify(definition), definition, answer] as const))(
    "agrees with what it did: %s",
    (_, definition, answer) => {
      expect(judge(refusalsBy("29", definition), answer)).toEqual({ kind: "agreement" });
    },
  );
});

it("tries no network twice, since an engine may keep the first one in mind", () => {
  const texts = handMadeCases(0).map(({ definition }) => JSON.stringify(definition));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});
