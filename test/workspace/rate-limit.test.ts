import { describe, expect, it } from "vitest";

import { rateLimited, untilTold } from "../../src/workspace/rate-limit.js";

/** A clock that stands still but for what a look costs, and a look that counts. */
function slowLook(cost: number) {
  let time = 0;
  let looks = 0;
  let turn = 0;
  const look = rateLimited(
    () => {
      time += cost;
      return ++looks;
    },
    () => turn,
    () => time,
  );
  return {
    look,
    /** Until another turn of the event loop. */
    wait: (duration: number) => {
      time += duration;
      turn += 1;
    },
    /** Within the turn. */
    work: (duration: number) => (time += duration),
  };
}

describe("a rate-limited look", () => {
  it("gives the last answer for twenty times as long as the look took", () => {
    const { look, wait } = slowLook(10);
    expect(look()).toBe(1);
    wait(199);
    expect(look()).toBe(1);
    wait(1);
    expect(look()).toBe(2);
  });

  it("looks every time when that costs nothing", () => {
    const { look, wait } = slowLook(0);
    const lookLater = (): number => {
      wait(0);
      return look();
    };
    expect([look(), lookLater(), lookLater()]).toEqual([1, 2, 3]);
  });

  it("gives the last answer for the rest of the turn, in which the disk answers the same", () => {
    const { look, work } = slowLook(10);
    look();
    work(10_000);
    expect(look()).toBe(1);
  });

  it("takes undefined for an answer", () => {
    let looks = 0;
    let time = 0;
    const look = rateLimited(
      () => {
        looks += 1;
        time += 1;
        return undefined;
      },
      () => looks,
      () => time,
    );
    look();
    look();
    expect(looks).toBe(1);
  });
});

describe("a look of somebody who says when to look again", () => {
  it("is good until it is forgotten", () => {
    let looks = 0;
    const look = untilTold(() => ++looks);
    expect([look(), look()]).toEqual([1, 1]);
    expect(untilTold(() => ++looks)()).toBe(2);
  });

  it("may have seen nothing", () => {
    let looks = 0;
    const look = untilTold(() => {
      looks += 1;
      return undefined;
    });
    expect([look(), look(), looks]).toEqual([undefined, undefined, 1]);
  });
});
