import { describe, expect, it } from "vitest";

import { ToldOnce } from "../../src/lsp/told-once.js";

function listener() {
  const messages: string[] = [];
  const told = new ToldOnce({ show: (severity, message) => messages.push(`${severity}: ${message}`) });
  return { told, messages };
}

describe("a message", () => {
  it("is shown once as long as its cause stays", () => {
    const { told, messages } = listener();
    told.tell("policy", "warning", "it is broken at 1:1");
    told.tell("policy", "warning", "it is broken at 2:2");
    expect(messages).toEqual(["warning: it is broken at 1:1"]);
    told.forget("policy");
    told.tell("policy", "warning", "it is broken again");
    expect(messages).toEqual(["warning: it is broken at 1:1", "warning: it is broken again"]);
  });

  it("fits in one line, whatever a file says", () => {
    const { told, messages } = listener();
    told.tell("policy", "warning", "a\u0007b\r\nc");
    expect(messages).toEqual([String.raw`warning: a\u0007b c`]);
  });
});

describe("work that fails", () => {
  it("is told of once, without a stack, and has another answer", () => {
    const { told, messages } = listener();
    const fails = (): number => {
      throw new Error("no such network\n    at somewhere");
    };
    expect([told.guard(fails, 0), told.guard(fails, 0), told.guard(() => 1, 0)]).toEqual([0, 0, 1]);
    expect(messages).toEqual(["error: failed: no such network, at somewhere. Please report it"]);
  });
});
