import { describe, expect, it } from "vitest";

import { progressOn } from "../../../src/cli/terminal/progress.js";
import { channelTo, type Channel } from "../../../src/cli/terminal/terminal.js";

const TERMINAL = { isTTY: true, write: () => true, hasColors: () => true };
const PIPE = { write: () => true };

describe("colours", () => {
  it("are for terminals that have them", () => {
    expect(channelTo(TERMINAL, {}).hasColors).toBe(true);
    expect(channelTo({ ...TERMINAL, hasColors: () => false }, {}).hasColors).toBe(false);
    expect(channelTo(PIPE, {}).hasColors).toBe(false);
  });

  it("can be forced and forbidden by FORCE_COLOR, which goes before NO_COLOR as in Node", () => {
    expect(channelTo(PIPE, { FORCE_COLOR: "" }).hasColors).toBe(true);
    expect(channelTo(PIPE, { FORCE_COLOR: "1", NO_COLOR: "1" }).hasColors).toBe(true);
    expect(channelTo(TERMINAL, { FORCE_COLOR: "0" }).hasColors).toBe(false);
  });

  it("leave NO_COLOR to the terminal, which Node tells about it", () => {
    const asked: unknown[] = [];
    const stream = { ...TERMINAL, hasColors: (environment?: object) => asked.push(environment) === 0 };
    expect(channelTo(stream, { NO_COLOR: "1" }).hasColors).toBe(false);
    expect(asked).toEqual([{ NO_COLOR: "1" }]);
  });
});

describe("the sign of life", () => {
  function watch(isTerminal: boolean) {
    const written: unknown[] = [];
    const channel: Channel = { isTerminal, hasColors: false, write: (text) => written.push(text) };
    let time = 0;
    return { written, progress: progressOn(channel, 300, () => time), wait: (ms: number) => (time += ms) };
  }

  it("comes after a second, now and then, and goes at the end", () => {
    const { written, progress, wait } = watch(true);
    wait(999);
    progress.step(100);
    wait(1);
    progress.step(101);
    progress.step(102);
    wait(100);
    progress.step(103);
    progress.end();
    expect(written).toEqual(["\rchecking 101 of 300 files", "\rchecking 103 of 300 files", "\r\u001b[K"]);
  });

  it("stays away in a short run", () => {
    const { written, progress } = watch(true);
    progress.step(299);
    progress.end();
    expect(written).toEqual([]);
  });

  it("stays away where nobody looks", () => {
    const { written, progress, wait } = watch(false);
    wait(5000);
    progress.step(1);
    progress.end();
    expect(written).toEqual([]);
  });
});
